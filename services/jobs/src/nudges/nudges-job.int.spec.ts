import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isHeldOut } from '@pharos/learner-models';
import { defaultLearningPolicy, type LearningPolicy, type Registry } from '@pharos/registry';
import { startTestRegistry } from '@pharos/registry/testing';
import { openWarehouse, type Warehouse } from '@pharos/warehouse';
import { type JobScope } from '../running/job.js';
import { nudgesJob } from './nudges-job.js';

const DAY = 86_400_000;
const START = Date.parse('2030-06-03T00:00:00.000Z');
const tenant = 'district';
const iso = (ms: number) => new Date(ms).toISOString();
let folder: string;
let warehouse: Warehouse;
let registries: Awaited<ReturnType<typeof startTestRegistry>>;
let registry: Registry;
let offset = 0;
const placed = (id: string, at: string) => ({
  tenant,
  id,
  occurred_at: at,
  known_at: at,
  recorded_at: at,
  log_partition: 0,
  log_offset: offset++,
});

/** Sixty who paused, ten who practised yesterday, one who left, one whose goal slips. */
const paused = Array.from({ length: 60 }, (_, n) => `paused-${n}`);
const busy = Array.from({ length: 10 }, (_, n) => `busy-${n}`);
const mastery = (learner: string, lastDaysAgo: number, skill = 'add') => ({
  tenant, learner, skill, probability: 0.6, low: 0.4, high: 0.8, evidence: 4, trend: 0, run: 1, last_at: iso(START - lastDaysAgo * DAY), stability: 3, difficulty: 5,
  review_at: iso(START + 5 * DAY), version: 'v',
}); // prettier-ignore

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'pharos-nudges-'));
  registries = await startTestRegistry(() => new Date(START));
  registry = registries.registry;
  warehouse = await openWarehouse({ path: folder });
  await registry.tenants.put({ id: tenant, name: 'District' });
  const learners = [...paused, ...busy, 'left', 'slips'];
  const before = iso(START - 100 * DAY);
  const enrolled = learners.map((learner) => ({ ...placed(`e-${learner}`, before), class: 'maths', learner, registered_on: before.slice(0, 10), previous_attempts: 0, credits: 0 }));
  await warehouse.writer.insert('enrolments', enrolled);
  await warehouse.writer.insert('withdrawals', [{ ...placed('w', iso(START - 20 * DAY)), class: 'maths', learner: 'left', withdrawn_on: iso(START - 20 * DAY).slice(0, 10) }] as never);
  await warehouse.writer.insert('masteries', [...paused.map((one) => mastery(one, 10)), ...busy.map((one) => mastery(one, 1)), mastery('left', 10), mastery('slips', 4)]);
  await warehouse.writer.insert('answers', [{ ...placed('a', iso(START - 4 * DAY)), learner: 'slips', activity: 'i', skills: ['add'], correct: 1, duration_seconds: null, hints: null, attempt: null }]);
  await registry.tenant(tenant).practice.put({ skills: [{ skill: 'add', subject: 'Maths', title: { en: 'Add' }, prerequisites: [] } as never], items: [] }, before);
}, 60_000); // prettier-ignore
afterAll(async () => {
  await warehouse.close();
  await registries.stop();
  await rm(folder, { recursive: true, force: true });
});

const own = () => registry.tenant(tenant);
const decide = async (type: string, data: object, at = START - DAY) => {
  const learner = (data as { learner: string }).learner;
  const fact = { id: `${type}-${learner}`, type, version: 1, tenant, key: learner, occurredAt: iso(at), data: { by: 'u', ...data } };
  const outcome = await own().learning.record([fact as never]);
  if (!outcome.ok) throw new Error(outcome.reason);
};
const allow = async (change: Partial<LearningPolicy>) => {
  await own().policies.set('learning', { ...defaultLearningPolicy, ...change }, { by: 'admin', at: iso(START) });
};
async function run(day: number) {
  const asOf = iso(START + day * DAY);
  const scope = {
    tenant,
    warehouse: warehouse.tenant(tenant),
    registry: own(),
    asOf,
    positions: { epoch: 'e', offsets: {} },
  } as unknown as JobScope;
  const counts = await nudgesJob.run(scope);
  const decided = (await own().nudges.since(iso(START - DAY))).filter(({ at }) => at === asOf);
  return { counts, decided };
}

describe('the job that decides who is written to', () => {
  it('writes to nobody before the tenant says so', async () => {
    expect(await run(0)).toEqual({ counts: { looked: 0, spared: 0, withoutConsent: 0, written: 0, heldOut: 0 }, decided: [] });
  });

  it('decides for those who paused or whose goal slips, spares who opted out, holds a share out by hash, and adds nothing when it runs again', async () => {
    await allow({ nudges: 'on', heldOut: 0.3 });
    await decide('PreferencesSet', { learner: 'paused-0', streaks: true, nudges: false });
    await decide('GoalSet', { learner: 'slips', goal: 'g', target: { kind: 'skill', name: 'add' }, skills: ['add'], level: 'mastered', dueOn: iso(START + 3 * DAY).slice(0, 10) });
    const { counts, decided } = await run(0);
    const expected = new Map([...paused.slice(1).map((one) => [one, 'comeback'] as const), ['slips', 'goal-slipping'] as const]);
    expect(new Map(decided.map(({ learner, reason }) => [learner, reason]))).toEqual(expected);
    for (const { learner, heldOut } of decided) expect([learner, heldOut]).toEqual([learner, isHeldOut(tenant, learner, 0.3)]);
    const heldOut = decided.filter((one) => one.heldOut).length;
    expect(heldOut).toBeGreaterThan(5);
    expect(counts).toEqual({ looked: 71, spared: 1, withoutConsent: 0, written: 60 - heldOut, heldOut });
    const again = await run(0);
    expect([again.counts.written, again.counts.heldOut, again.decided.length]).toEqual([0, 0, decided.length]);
    const record = (await own().learning.list('nudge', {})).find(({ data }) => data.heldOut)!;
    expect(record.data.channel).toBe('none');
    expect(Object.keys(record.data).sort()).toEqual(['by', 'channel', 'heldOut', 'learner', 'nudge', 'reason']);
  });

  it('asks no more often than allowed, nor twice for one reason in a week', async () => {
    expect((await run(1)).decided).toEqual([]);
    // A pause became another reason for one of them; the others had theirs this week.
    expect((await run(4)).decided.map(({ learner, reason }) => [learner, reason])).toEqual([['slips', 'comeback']]);
    expect((await run(8)).decided.length).toBeGreaterThanOrEqual(60);
  });

  it('writes, where the tenant says so, only to those for whom a guardian agreed and has not taken it back', async () => {
    await allow({ nudges: 'with-consent', heldOut: 0 });
    const consent = (learner: string, granted: boolean, at: number) => ({ partition: 0, offset: at, fact: { id: `c-${at}`, type: 'ConsentChanged', version: 1, tenant, key: learner, occurredAt: iso(START), knownAt: iso(START), recordedAt: iso(START), data: { learner, purpose: 'nudges', granted, by: 'g' } } as never });
    const facts = [consent('paused-1', true, 0), consent('paused-2', true, 1), consent('paused-2', false, 2)];
    await registry.folds.apply({ consumer: 'projector', topic: 'governance', partition: 0, facts, nextOffset: 3 });
    const { counts, decided } = await run(16);
    expect(decided.map(({ learner }) => learner)).toEqual(['paused-1']);
    expect(counts).toMatchObject({ written: 1, heldOut: 0, spared: 1, withoutConsent: 69 });
  });
}); // prettier-ignore
