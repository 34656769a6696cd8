import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Fact, type NewFact } from '@pharos/facts';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type AlertAct, type RaisedAlert } from './alert-case.js';
import { type FoldBatch } from './folds.js';
import { openRegistry } from './open-registry.js';
import { type Registry, type TenantRegistry } from './registry.js';
import { startTestPostgres } from './testing.js';

let home: Awaited<ReturnType<typeof startTestPostgres>>;
let registry: Registry;
let clock = Date.parse('2014-10-01T08:00:00.000Z');
const now = () => new Date(clock);
const errors: unknown[] = [];
let tenantNumber = 0;
/** Each test has a tenant of its own, and so nothing of another test's. */
let own: TenantRegistry;

beforeAll(async () => {
  home = await startTestPostgres();
  registry = await openRegistry({ connection: home.connection('pharos_registry'), now, onError: (error) => errors.push(error) });
});
afterAll(async () => {
  await registry.close();
  await home.stop();
  expect(errors).toEqual([]);
});
beforeEach(async () => {
  const { id } = await registry.tenants.put({ id: `t${++tenantNumber}`, name: 'Test' });
  own = registry.tenant(id);
});

const raisedFor = (alert: string, change: Partial<RaisedAlert> = {}): RaisedAlert => ({
  alert, learner: `of-${alert}`, target: 'not-passing', term: '2014J', school: 's1', counselor: 'c1', probability: 0.7, heldOut: null,
  reasons: [], nextSteps: [], changed: [], evidence: [], asOf: '2014-10-01T00:00:00.000Z', dueAt: '2014-10-06T00:00:00.000Z', ...change,
}); // prettier-ignore
const does = (alert: string, act: AlertAct, by = 'u1') => ({ alert, by, at: now().toISOString(), act });
const raise = (alert: string, change: Partial<RaisedAlert> = {}) =>
  own.alertCases.execute(does(alert, { do: 'raise', raised: raisedFor(alert, change) }, 'policy'));

describe('the schema', () => {
  it('is not touched when a newer release has made it', async () => {
    const admin = new pg.Client(home.connection('pharos_registry'));
    await admin.connect();
    await admin.query(`INSERT INTO schema_migrations VALUES (99, 'of tomorrow', 'x', now())`);
    const again = openRegistry({ connection: home.connection('pharos_registry'), now, onError: () => undefined });
    await expect(again).rejects.toMatchObject({ code: 'newer', message: expect.stringContaining('start the newer release') });
    await admin.query('DELETE FROM schema_migrations WHERE number = 99');
    await admin.query(`UPDATE schema_migrations SET checksum = 'y' || checksum WHERE number = 2`);
    const edited = openRegistry({ connection: home.connection('pharos_registry'), now, onError: () => undefined });
    await expect(edited).rejects.toMatchObject({ code: 'edited' });
    await admin.query(`UPDATE schema_migrations SET checksum = substr(checksum, 2) WHERE number = 2`);
    await admin.end();
  });

  it('may be opened by several at once', async () => {
    const opened = await Promise.all(
      [1, 2, 3].map(() => openRegistry({ connection: home.connection('pharos_registry'), now, onError: (error) => errors.push(error) })),
    );
    expect(await Promise.all(opened.map((one) => one.tenants.list()))).toHaveLength(3);
    await Promise.all(opened.map((one) => one.close()));
  });
});

describe('who signs in', () => {
  const password = 'correct horse';
  const make = (login: string) => own.users.create({ login, password, roles: ['counselor'], person: 'c1', schools: ['s1'] });

  it('is found by login in any case, with a session that a new password ends', async () => {
    const made = await make('Ana@example.org');
    expect(made).toMatchObject({ ok: true, user: { person: 'c1', roles: ['counselor'], tenant: own.tenant } });
    expect(await make('ana@EXAMPLE.org')).toMatchObject({ ok: false, code: 'login-taken' });
    expect(await own.users.create({ login: 'x', password: 'short', roles: [] })).toMatchObject({ ok: false, code: 'password-too-short' });
    const signed = await registry.signIn.signIn('ANA@example.org', password);
    if (!signed.ok) throw new Error(signed.code);
    const session = await registry.sessions.create(signed.user);
    expect(await registry.sessions.find(session.secret)).toMatchObject({ csrf: session.csrf, user: { id: signed.user.id } });
    expect(await registry.sessions.find(`${session.secret}x`)).toBeUndefined();
    await own.users.setPassword(signed.user.id, 'another password');
    expect(await registry.sessions.find(session.secret)).toBeUndefined();
    expect(await registry.signIn.signIn('ana@example.org', password)).toEqual({ ok: false, code: 'wrong' });
  });

  it('is signed out after the time, and when disabled', async () => {
    const made = await make('bo');
    if (!made.ok) throw new Error(made.reason);
    const brief = await registry.sessions.create(made.user, 1_000);
    const long = await registry.sessions.create(made.user);
    clock += 1_001;
    expect(await registry.sessions.find(brief.secret)).toBeUndefined();
    expect(await registry.sessions.sweep()).toBeGreaterThan(0);
    expect(await registry.sessions.find(long.secret)).toBeDefined();
    await own.users.change(made.user.id, { disabled: true });
    expect(await registry.sessions.find(long.secret)).toBeUndefined();
    expect(await registry.signIn.signIn('bo', password)).toEqual({ ok: false, code: 'wrong' });
  });

  it('is locked out after failures, even with the right password, and longer each time', async () => {
    await make('cy');
    const guesses = await Promise.all(Array.from({ length: 8 }, () => registry.signIn.signIn('cy', 'wrong password')));
    expect(guesses.filter((guess) => !guess.ok && guess.code === 'wrong')).toHaveLength(4);
    expect(await registry.signIn.signIn('cy', password)).toMatchObject({ ok: false, code: 'locked', until: expect.any(Date) });
    clock += 30_000;
    expect(await registry.signIn.signIn('cy', 'wrong password')).toMatchObject({ code: 'locked', until: new Date(clock + 60_000) });
    clock += 60_000;
    expect(await registry.signIn.signIn('cy', password)).toMatchObject({ ok: true });
    expect(await registry.signIn.signIn('nobody', password)).toEqual({ ok: false, code: 'wrong' });
  });
});

describe('API keys', () => {
  it('are taken with their secret, kept hashed, and refused once revoked', async () => {
    const { credential, secret } = await own.credentials.create({ name: 'LMS', scopes: ['statements/write'] });
    expect(await registry.credentialCheck.verify(credential.id, secret)).toMatchObject({
      tenant: own.tenant,
      scopes: ['statements/write'],
    });
    expect(await registry.credentialCheck.verify(credential.id, `${secret}x`)).toBeUndefined();
    expect(await registry.credentialCheck.verify('unknown', secret)).toBeUndefined();
    expect((await own.credentials.list())[0]?.lastSeenAt).toEqual(now());
    expect(JSON.stringify(await dump('credentials'))).not.toContain(secret);
    expect(await own.credentials.revoke(credential.id)).toBe(true);
    expect(await registry.credentialCheck.verify(credential.id, secret)).toBeUndefined();
  });

  it('are refused within 5 s where another process revoked them', async () => {
    const { credential, secret } = await own.credentials.create({ name: 'LMS', scopes: [] });
    const other = await openRegistry({ connection: home.connection('pharos_registry'), now, onError: (error) => errors.push(error) });
    expect(await other.credentialCheck.verify(credential.id, secret)).toBeDefined();
    await own.credentials.revoke(credential.id);
    clock += 5_001;
    expect(await other.credentialCheck.verify(credential.id, secret)).toBeUndefined();
    await other.close();
  });
});

async function dump(table: string): Promise<unknown[]> {
  const client = new pg.Client(home.connection('pharos_registry'));
  await client.connect();
  const { rows } = await client.query<{ t: string }>(`SELECT t::text FROM ${table} t`);
  await client.end();
  return rows;
}

describe('alert cases', () => {
  it('have one winner of two who act at once, and tell the other what happened', async () => {
    const raised = await raise('a1');
    if (!raised.ok) throw new Error(raised.reason);
    const seen = raised.alert.version;
    const both = await Promise.all(['u1', 'u2'].map((user) => own.alertCases.execute(does('a1', { do: 'acknowledge' }, user), seen)));
    const [won] = both.filter((outcome) => outcome.ok);
    const [lost] = both.filter((outcome) => !outcome.ok);
    expect(won).toMatchObject({ ok: true, alert: { version: 2 } });
    const by = won?.ok ? won.alert.standing.acknowledgedBy : null;
    expect(lost).toMatchObject({ code: 'conflict', version: 2, happened: [{ type: 'AlertAcknowledged', by, at: now().toISOString() }] });
    expect((await own.alertCases.history('a1')).map(({ fact }) => fact.type)).toEqual(['AlertRaised', 'AlertAcknowledged']);
  });

  it('are no conflict for who saw an older score', async () => {
    await raise('a1');
    await own.alertCases.execute(does('a1', { do: 'update', raised: raisedFor('a1', { probability: 0.9 }) }, 'policy'));
    expect(await own.alertCases.execute(does('a1', { do: 'acknowledge' }), 1)).toMatchObject({ ok: true, alert: { version: 3 } });
  });

  it('are one for a concern, however many raise it at once', async () => {
    const concern = { learner: 'l1' };
    const outcomes = await Promise.all(['a1', 'a2', 'a3', 'a4'].map((alert) => raise(alert, concern)));
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    const open = await own.alertCases.openFor({ learner: 'l1', target: 'not-passing', term: '2014J' });
    for (const outcome of outcomes.filter((one) => !one.ok)) expect(outcome).toMatchObject({ code: 'concern-open', alert: open?.alert });
    await own.alertCases.execute(does(open!.alert, { do: 'resolve', code: 'helped', note: null }));
    expect(await raise('a5', concern)).toMatchObject({ ok: true });
    expect(await own.alertCases.execute(does(open!.alert, { do: 'reopen', reason: 'r' }))).toMatchObject({
      code: 'concern-open',
      alert: 'a5',
    });
  });

  it('take a command that is sent twice once', async () => {
    const command = { ...does('a1', { do: 'raise', raised: raisedFor('a1') }, 'policy'), id: 'job-slot-a1' };
    expect(await own.alertCases.executeAll([command, command])).toMatchObject([
      { ok: true, facts: [{ id: 'job-slot-a1' }] },
      { ok: true, facts: [] },
    ]);
  });

  it('are listed by probability in pages that neither repeat nor leave out', async () => {
    const many = Array.from({ length: 25 }, (_, n) => `a${n}`);
    await own.alertCases.executeAll(
      many.map((alert, n) =>
        does(alert, { do: 'raise', raised: raisedFor(alert, { probability: (n % 5) / 10, counselor: n < 20 ? 'c1' : null }) }, 'policy'),
      ),
    );
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await own.alertCases.list({ counselors: ['c1'], statuses: ['open'] }, { limit: 7, ...(cursor ? { cursor } : {}) });
      seen.push(...page.alerts.map(({ alert }) => alert));
      cursor = page.next;
    }
    expect(seen).toHaveLength(20);
    expect(new Set(seen).size).toBe(20);
    const all = await own.alertCases.list({ counselors: ['c1', null] });
    expect(all.alerts).toHaveLength(25);
    expect(all.alerts.map(({ latest }) => latest.probability)).toEqual(
      [...all.alerts.map(({ latest }) => latest.probability)].sort((a, b) => b - a),
    );
    expect((await own.alertCases.list({ learners: ['of-a3'] })).alerts).toMatchObject([{ alert: 'a3' }]);
    expect(await own.alertCases.counts({})).toMatchObject({ open: 25, resolved: 0, overdue: 0 });
    await expect(own.alertCases.list({}, { cursor: 'nonsense' })).rejects.toThrow(RangeError);
  });

  it('belong to their tenant', async () => {
    await raise('a1');
    const other = registry.tenant((await registry.tenants.put({ id: 'other', name: 'Other' })).id);
    expect(await other.alertCases.get('a1')).toBeUndefined();
    expect((await other.alertCases.list({})).alerts).toEqual([]);
    expect(await other.alertCases.execute(does('a1', { do: 'acknowledge' }))).toMatchObject({ code: 'unknown-alert' });
    expect(await other.users.list()).toEqual([]);
  });
});

describe('the outbox', () => {
  const drain = async () => {
    const facts: NewFact[] = [];
    await registry.outbox.relayOnce({ append: (batch) => Promise.resolve(facts.push(...batch)) });
    return facts;
  };

  it('moves decisions in the order of their versions, and tells a refused target so', async () => {
    await drain();
    await raise('a1');
    await own.alertCases.execute(does('a1', { do: 'acknowledge' }));
    await own.policies.set('interventions', [], { by: 'u1', at: now().toISOString() });
    await expect(registry.outbox.relayOnce({ append: () => Promise.reject(new Error('disk full')) })).rejects.toThrow('disk full');
    expect(await registry.outbox.waiting()).toMatchObject({ facts: 3 });
    expect((await drain()).map(({ type }) => type)).toEqual(['AlertRaised', 'AlertAcknowledged', 'PolicyChanged']);
    expect(await registry.outbox.waiting()).toEqual({ facts: 0, oldest: null });
  });

  it('is relayed by one process at a time', async () => {
    await drain();
    await raise('a1');
    const other = await openRegistry({ connection: home.connection('pharos_registry'), now, onError: (error) => errors.push(error) });
    let seen: unknown;
    await registry.outbox.relayOnce({
      append: async () => {
        seen = await other.outbox.relayOnce({ append: () => Promise.reject(new Error('two at once')) });
      },
    });
    expect(seen).toEqual({ moved: 0, held: false });
    await other.close();
  });

  it('brings a decision to the log within 100 ms', async () => {
    await drain();
    const arrived: number[] = [];
    const failed: unknown[] = [];
    const relay = await registry.outbox.startRelay(
      { append: (facts) => Promise.resolve(facts.forEach(() => arrived.push(performance.now()))) },
      (error) => failed.push(error),
    );
    const delays: number[] = [];
    for (let n = 0; n < 20; n++) {
      await raise(`a${n}`);
      const decided = performance.now();
      while (arrived.length <= n) await sleep(1);
      delays.push(arrived[n]! - decided);
    }
    await relay.stop();
    expect(failed).toEqual([]);
    expect(delays.sort((a, b) => a - b)[18]).toBeLessThan(100);
  });
});

describe('leases', () => {
  it('have one holder, and a fence that grows with each', async () => {
    const first = await registry.leases.acquire('l', 'a', 60);
    expect(first).toMatchObject({ holder: 'a', fence: 1 });
    expect(await registry.leases.acquire('l', 'b', 1_000)).toBeUndefined();
    expect(await registry.leases.acquire('l', 'a', 60)).toMatchObject({ fence: 1 });
    await sleep(80);
    const second = await registry.leases.acquire('l', 'b', 10_000);
    expect(second).toMatchObject({ holder: 'b', fence: 2 });
    expect(await registry.leases.renew(first!, 1_000)).toBeUndefined();
    await registry.leases.release(first!);
    expect(await registry.leases.acquire('l', 'a', 1_000)).toBeUndefined();
    await registry.leases.release(second!);
    expect(await registry.leases.acquire('l', 'a', 1_000)).toMatchObject({ fence: 3 });
  });
});

describe('runs, policies and deliveries', () => {
  it('run a slot once, and again after a failure with what the first had read', async () => {
    const slot = { job: 'risk', slot: '2014-10-01', asOf: '2014-10-01T00:00:00.000Z' };
    const starts = await Promise.all([own.jobRuns.start(slot), own.jobRuns.start(slot)]);
    const [begun] = starts.filter((start) => start.ok);
    expect(starts.filter((start) => !start.ok)).toMatchObject([{ code: 'running' }]);
    const positions = { epoch: 'e', offsets: { roster: [3] } };
    await own.jobRuns.setPositions(begun!.run.id, positions);
    await own.jobRuns.finish(begun!.run.id, { outcome: 'failed', reason: 'no memory' });
    const again = await own.jobRuns.start({ ...slot, asOf: '2015-01-01T00:00:00.000Z' });
    expect(again).toMatchObject({ ok: true, run: { id: begun!.run.id, attempt: 2, asOf: slot.asOf, positions, reason: null } });
    await own.jobRuns.finish(again.run.id, { outcome: 'ok', counts: { scores: 7 } });
    expect(await own.jobRuns.start({ ...slot, takeOver: true })).toMatchObject({ ok: false, code: 'done', run: { counts: { scores: 7 } } });
    expect(await own.jobRuns.lastDone('risk')).toMatchObject({ slot: slot.slot });
    expect(await own.jobRuns.list()).toHaveLength(1);
  });

  it('take over a run only when told so', async () => {
    const slot = { job: 'risk', slot: 's', asOf: '2014-10-01T00:00:00.000Z' };
    await own.jobRuns.start(slot);
    expect(await own.jobRuns.start(slot)).toMatchObject({ ok: false, code: 'running' });
    expect(await own.jobRuns.start({ ...slot, takeOver: true })).toMatchObject({ ok: true, run: { attempt: 2 } });
  });

  it('keep a policy of the tenant and of a school, with one winner of two editors', async () => {
    const { value, version } = await own.policies.get('alerts');
    expect(version).toBe(0);
    const edit = { by: 'u1', at: now().toISOString() };
    const both = await Promise.all(
      [0.6, 0.7].map((raiseAt) => own.policies.set('alerts', { ...value, raiseAt }, { ...edit, expectedVersion: 0 })),
    );
    expect(both.map((change) => change.ok).sort()).toEqual([false, true]);
    expect(await own.policies.set('alerts', { ...value, raiseAt: 2 }, edit)).toMatchObject({ ok: false, code: 'invalid' });
    await own.policies.set('alerts', { ...value, raiseAt: 0.9 }, { ...edit, school: 's1' });
    expect((await own.policies.get('alerts', 's1')).value.raiseAt).toBe(0.9);
    expect((await own.policies.get('alerts', 's2')).value.raiseAt).toBe(both[0]?.ok ? 0.6 : 0.7);
  });

  it('plan a delivery once and hand it to one sender', async () => {
    const delivery = { alert: 'a1', channel: 'mail', target: 'c1', raise: 1, nextAttemptAt: now() } as const;
    expect([await own.deliveries.plan(delivery), await own.deliveries.plan(delivery)]).toEqual([true, false]);
    const taken = await Promise.all([own.deliveries.takeDue(now(), 10, 60_000), own.deliveries.takeDue(now(), 10, 60_000)]);
    expect(taken.flat()).toMatchObject([{ alert: 'a1', attempts: 1 }]);
    const { id } = taken.flat()[0]!;
    await own.deliveries.failed(id, 'refused', new Date(clock + 5_000));
    expect(await own.deliveries.takeDue(new Date(clock + 5_000), 10, 60_000)).toMatchObject([{ attempts: 2, lastError: 'refused' }]);
    await own.deliveries.delivered(id, now());
    expect(await own.deliveries.takeDue(new Date(clock + 999_000), 10, 1)).toEqual([]);
  });

  it('know an imported file again, and keep webhooks', async () => {
    const run = await own.imports.start({ kind: 'oulad', file: 'x.csv', hash: 'h' });
    expect(await own.imports.findDone('oulad', 'h')).toBeUndefined();
    await own.imports.finish(run.id, { outcome: 'ok', summary: { facts: 1 } });
    expect(await own.imports.findDone('oulad', 'h')).toMatchObject({ id: run.id, summary: { facts: 1 } });
    const hook = await own.webhooks.create({ url: 'https://example.org/hook', events: ['*'] });
    expect(await own.webhooks.setActive(hook.id, false)).toBe(true);
    expect(await own.webhooks.list()).toMatchObject([{ active: false }]);
    expect(await own.webhooks.remove(hook.id)).toBe(true);
  });
});

describe('folds', () => {
  let offset = 0;
  const place = (tenant: string, type: Fact['type'], data: object, id = `f${offset}`) => ({
    partition: 0,
    offset: offset++,
    fact: {
      id,
      type,
      version: 1,
      tenant,
      key: 'k',
      occurredAt: now().toISOString(),
      knownAt: now().toISOString(),
      recordedAt: now().toISOString(),
      data,
    } as unknown as Fact,
  });
  const batch = (topic: FoldBatch['topic'], facts: FoldBatch['facts'], consumer = 'fold'): FoldBatch => ({
    consumer,
    topic,
    partition: 0,
    facts,
    nextOffset: offset,
  });

  it('give the same tables twice, in part, or out of date', async () => {
    const t = own.tenant;
    const facts = [
      place(t, 'CounselorAssigned', { learner: 'l1', counselor: 'c1', school: 's1', active: true }),
      place(t, 'CounselorAssigned', { learner: 'l1', counselor: 'c2', school: 's1', active: true }),
      place(t, 'CounselorAssigned', { learner: 'l1', counselor: 'c1', school: 's1', active: false }),
      place(t, 'CounselorAssigned', { learner: 'l2', counselor: 'c2', school: 's1', active: true }),
      place(t, 'LearnerEnrolled', { learner: 'l1', class: 'k1' }),
      place(t, 'LearnerEnrolled', { learner: 'l3', class: 'k1' }),
      place(t, 'LearnerWithdrawn', { learner: 'l3', class: 'k1', on: '2014-10-01', reason: 'deleted' }),
      place(t, 'TeacherAssigned', { teacher: 'p1', class: 'k1', active: true }),
      place(t, 'LearnersLinked', { learner: 'l2', canonical: 'l1', linked: true, because: 'sourced id', at: now().toISOString() }),
    ];
    await registry.folds.apply(batch('roster', facts));
    const once = await registry.folds.fingerprint();
    await registry.folds.apply(batch('roster', facts));
    await registry.folds.apply({ ...batch('roster', facts.slice(0, 5)), nextOffset: 1 });
    expect(await registry.folds.fingerprint()).toEqual(once);
    expect(await registry.folds.positions('fold', 'roster', 2)).toEqual([offset, 0]);
    expect(await own.access.learnersOfCounselor('c1')).toEqual([]);
    expect(await own.access.learnersOfCounselor('c2')).toEqual(['l1']);
    expect(await own.access.counselorsOf(['l1'])).toEqual(new Map([['l1', { counselor: 'c2', school: 's1' }]]));
    expect(await own.access.learnersOfClasses(['k1'])).toEqual(['l1']);
    expect(await own.access.classesOfTeacher('p1')).toEqual(['k1']);
    expect(await own.access.classesOfLearner('l1')).toEqual(['k1']);
    expect(await own.access.amongCounselors('c2', ['l1', 'l9'])).toEqual(new Set(['l1']));
    expect(await own.access.amongTeachers('p1', ['l1', 'l3'])).toEqual(new Set(['l1']));
    expect(await own.access.canonical(['l2', 'l9'])).toEqual(['l1', 'l9']);
    expect(await own.access.tokensOf('l1')).toEqual(['l1', 'l2']);
    await registry.folds.apply(
      batch('roster', [place(t, 'LearnersLinked', { learner: 'l2', canonical: 'l1', linked: false, because: 'undone', at: '' })]),
    );
    expect(await own.access.learnersOfCounselor('c2')).toEqual(['l1', 'l2']);
    await own.access.setGuardian('g1', 'l2', true);
    expect(await own.access.learnersOfGuardian('g1')).toEqual(['l2']);
  });

  it('know the model in use', async () => {
    const decision = { target: 'not-passing', recipe: 'logistic', by: 'gate', reason: 'better', evidence: null };
    await registry.folds.apply(
      batch('models', [
        place(own.tenant, 'ModelPromoted', { ...decision, model: 'm1' }),
        place(own.tenant, 'ModelPromoted', { ...decision, model: 'm2' }),
      ]),
    );
    expect(await own.modelsInUse.get('not-passing')).toMatchObject({ model: 'm2', recipe: 'logistic' });
  });

  it('give back the alert cases that commands made, row for row, those of the outbox too', async () => {
    const log: Fact[] = [];
    const target = {
      append: (facts: readonly NewFact[]) =>
        Promise.resolve(log.push(...facts.map((fact) => ({ ...fact, knownAt: now().toISOString(), recordedAt: now().toISOString() })))),
    };
    // What other tests left is in no log here: begin with empty tables.
    await registry.outbox.relayOnce({ append: () => Promise.resolve() });
    await registry.folds.rebuild(inOrder([]));
    for (const alert of ['a1', 'a2', 'a3']) await raise(alert);
    await own.alertCases.execute(does('a1', { do: 'acknowledge' }));
    const logged = await own.alertCases.execute(
      does('a1', { do: 'logIntervention', action: 'x', intervention: 'talk', owner: 'c1', followUpOn: null, note: 'c2VhbGVk' }),
    );
    await own.alertCases.execute(does('a1', { do: 'withdraw', action: logged.ok ? logged.facts[0]!.id : '' }));
    await own.alertCases.execute(does('a2', { do: 'resolve', code: 'helped', note: null }));
    await raise('a4', { learner: 'of-a2', probability: 0.1 + 0.2 });
    await registry.outbox.relayOnce(target);
    await own.alertCases.execute(does('a3', { do: 'snooze', until: '2014-12-01T00:00:00.000Z' }));
    const live = await registry.folds.fingerprint();

    const twice = log.map((fact, at) => {
      const placed = { partition: 0, offset: at, fact };
      return { consumer: 'alerts', topic: 'alerts', partition: 0, facts: [placed, placed], nextOffset: at + 1 } as const;
    });
    expect(await registry.folds.rebuild(inOrder(twice))).toEqual({ facts: log.length * 2 });
    expect(await registry.folds.fingerprint()).toEqual(live);
    await registry.outbox.relayOnce(target);
    await registry.folds.apply({
      consumer: 'alerts',
      topic: 'alerts',
      partition: 0,
      facts: log.map((fact, at) => ({ partition: 0, offset: at, fact })),
      nextOffset: log.length,
    });
    expect(await registry.folds.fingerprint()).toEqual(live);
    expect(live.alert_cases).toMatch(/^4:/);
  });
});

async function* inOrder(batches: readonly FoldBatch[]): AsyncGenerator<FoldBatch> {
  for (const batch of batches) yield await Promise.resolve(batch);
}
