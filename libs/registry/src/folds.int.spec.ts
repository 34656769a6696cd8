import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Fact, type NewFact } from '@pharos/facts';
import { type AlertAct, type RaisedAlert } from './alert-case.js';
import { type FoldBatch } from './folds.js';
import { type Registry, type TenantRegistry } from './registry.js';
import { startTestRegistry } from './testing.js';

let home: Awaited<ReturnType<typeof startTestRegistry>>;
let registry: Registry;
const clock = Date.parse('2014-10-01T08:00:00.000Z');
const now = () => new Date(clock);
let tenantNumber = 0;
/** Each test has a tenant of its own, and so nothing of another test's. */
let own: TenantRegistry;

beforeAll(async () => {
  home = await startTestRegistry(now);
  ({ registry } = home);
});
afterAll(async () => {
  await home.stop();
  expect(home.errors).toEqual([]);
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
