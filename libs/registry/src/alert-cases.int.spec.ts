import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type NewFact } from '@pharos/facts';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AlertAct, type RaisedAlert } from './alert-case.js';
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
    const other = await home.another();
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
