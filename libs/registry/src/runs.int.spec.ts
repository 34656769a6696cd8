import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Registry, type TenantRegistry } from './registry.js';
import { RunLost } from './job-runs.js';
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
    await own.jobRuns.setPositions(begun!.run, positions);
    await own.jobRuns.finish(begun!.run, { outcome: 'failed', reason: 'no memory' });
    const again = await own.jobRuns.start({ ...slot, asOf: '2015-01-01T00:00:00.000Z' });
    expect(again).toMatchObject({ ok: true, run: { id: begun!.run.id, attempt: 2, asOf: slot.asOf, positions, reason: null } });
    await own.jobRuns.finish(again.run, { outcome: 'ok', counts: { scores: 7 } });
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

  it('refuse an attempt that was followed by another, and let a slot decide once', async () => {
    const slot = { job: 'alerts', slot: 's', asOf: '2014-10-01T00:00:00.000Z', takeOver: true };
    const paused = await own.jobRuns.start(slot);
    const next = await own.jobRuns.start(slot);
    expect(next.run).toMatchObject({ id: paused.run.id, attempt: 2 });
    await expect(own.jobRuns.setPositions(paused.run, { epoch: 'e', offsets: {} })).rejects.toThrow(RunLost);
    await expect(own.jobRuns.finish(paused.run, { outcome: 'failed' })).rejects.toThrow(RunLost);
    await expect(own.alertCases.executeRun([], paused.run, () => ({ raise: 1 }))).rejects.toThrow(RunLost);
    await own.alertCases.executeRun([], next.run, () => ({ raise: 7 }));
    const third = await own.jobRuns.start(slot);
    expect(third.run).toMatchObject({ attempt: 3, decidedAt: now(), counts: { raise: 7 }, positions: null, outcome: null });
    await expect(own.alertCases.executeRun([], third.run, () => ({ raise: 9 }))).rejects.toThrow(RunLost);
    expect(await own.jobRuns.ofSlot('alerts', 's')).toMatchObject({ attempt: 3, counts: { raise: 7 } });
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

  it('change nothing about fairness until a person has decided, and say so in a fact', async () => {
    const { value, version } = await own.policies.get('fairness');
    expect([value.mitigation, version]).toEqual([null, 0]);
    const mitigation = { kind: 'reweighing' as const, attribute: 'disability', policy: null, without: [] };
    const change = await own.policies.set(
      'fairness',
      { ...value, mitigation, reason: 'board of May' },
      { by: 'u1', at: now().toISOString(), expectedVersion: 0 },
    );
    expect(change).toMatchObject({
      ok: true,
      fact: { type: 'PolicyChanged', data: { policy: 'fairness', by: 'u1', value: { mitigation, reason: 'board of May' } } },
    });
    expect((await own.policies.get('fairness')).value.mitigation).toEqual(mitigation);
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
