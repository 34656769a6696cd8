import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defaultLearningPolicy, type Registry } from '@pharos/registry';
import { startTestRegistry } from '@pharos/registry/testing';
import { openWarehouse, type Warehouse } from '@pharos/warehouse';
import { type JobScope } from '../running/job.js';
import { digestJob } from './digest-job.js';

const DAY = 86_400_000;
/** A Friday. */
const asOf = '2030-06-07T00:00:00.000Z';
const NOW = Date.parse(asOf);
const tenant = 'district';
const iso = (daysAgo: number) => new Date(NOW - daysAgo * DAY).toISOString();
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

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'pharos-digest-'));
  registries = await startTestRegistry(() => new Date(NOW));
  registry = registries.registry;
  warehouse = await openWarehouse({ path: folder });
  await registry.tenants.put({ id: tenant, name: 'District' });
  const own = registry.tenant(tenant);
  for (const [login, person, disabled] of [['t1', 't1', false], ['t2', 't2', false], ['t3', 't3', true]] as const) {
    const made = await own.users.create({ login, password: null, roles: ['teacher'], person });
    if (made.ok && disabled) await own.users.change(made.user.id, { disabled });
  }
  const roster = [
    ...['t1', 't3'].map((teacher) => ['TeacherAssigned', { teacher, class: 'maths', active: true }] as const),
    ['TeacherAssigned', { teacher: 't2', class: 'empty', active: true }] as const,
    ...['a', 'b', 'c'].map((learner) => ['LearnerEnrolled', { learner, class: 'maths' }] as const),
  ];
  const facts = roster.map(([type, data], at) => ({ partition: 0, offset: at, fact: { id: `r${at}`, type, version: 1, tenant, key: 'k', occurredAt: iso(90), knownAt: iso(90), recordedAt: iso(90), data } as never }));
  await registry.folds.apply({ consumer: 'projector', topic: 'roster', partition: 0, facts, nextOffset: facts.length });
  const skill = (id: string, prerequisites: string[] = []) => ({ skill: id, subject: 'Maths', title: { en: id }, prerequisites }) as never;
  await own.practice.put({ skills: [skill('add'), skill('times', ['add'])], items: [] }, iso(90));
  const mastery = (learner: string, chance: number) => ({ tenant, learner, skill: 'add', probability: chance, low: chance - 0.1, high: chance + 0.05, evidence: 6, trend: 0, run: 1, last_at: iso(1), stability: 3, difficulty: 5, review_at: iso(-9), version: 'v' });
  await warehouse.writer.insert('masteries', [mastery('a', 0.4), mastery('b', 0.5), mastery('c', 0.92)]);
  const answer = (id: string, learner: string, daysAgo: number) => ({ ...placed(id, iso(daysAgo)), learner, activity: 'i', skills: ['add'], correct: 1, duration_seconds: null, hints: null, attempt: null });
  await warehouse.writer.insert('answers', [answer('1', 'a', 2), answer('2', 'a', 3), answer('3', 'c', 6), answer('4', 'b', 20)]);
  const level = (learner: string, daysAgo: number, to: string) => ({ ...placed(`${learner}-${daysAgo}`, iso(daysAgo)), learner, skill: 'add', as_of: iso(daysAgo), model: 'm', estimate: 0.9, low: 0.8, high: 0.95, evidence: 5, level: to });
  // c rose from familiar, b fell, a rose before the week.
  await warehouse.writer.insert('mastery', [level('c', 20, 'familiar'), level('c', 3, 'proficient'), level('b', 20, 'mastered'), level('b', 2, 'proficient'), level('a', 12, 'proficient')]);
  const contest = { contest: 'x', learner: 'a', by: 'a', skill: 'add', reason: 'know-it', note: null, shown: { level: null, chance: null, evidence: 0 } };
  await own.learning.record([{ id: 'f', type: 'MasteryContested', version: 1, tenant, key: 'a', occurredAt: iso(1), data: contest }]);
}, 60_000); // prettier-ignore
afterAll(async () => {
  await warehouse.close();
  await registries.stop();
  await rm(folder, { recursive: true, force: true });
});

const run = () =>
  digestJob.run({
    tenant,
    warehouse: warehouse.tenant(tenant),
    registry: registry.tenant(tenant),
    asOf,
    positions: { epoch: 'e', offsets: {} },
  } as unknown as JobScope);

describe('the week’s letter to teachers', () => {
  it('counts what the class gained, shared gaps, who is ready and what waits; nobody is named, and a second run writes no second one', async () => {
    expect(await run()).toEqual({ teachers: 2, letters: 1 });
    expect(await run()).toEqual({ teachers: 2, letters: 1 });
    const letters = await registry.tenant(tenant).learning.list('digest', {});
    expect(letters.map(({ data, status, version }) => ({ data: { ...data, digest: '' }, status, version }))).toEqual([
      {
        status: 'open',
        version: 1,
        data: {
          digest: '', teacher: 't1', by: 'digest', week: '2030-06-03',
          classes: [{ class: 'maths', learners: 3, active: 2, answers: 3, gained: 1, gaps: [{ skill: 'add', weak: 2, tried: 3 }], ready: 1, waiting: 1 }],
        },
      },
    ]);
  });

  it('is written to nobody where the tenant wants none', async () => {
    await registry.tenant(tenant).policies.set('learning', { ...defaultLearningPolicy, digest: 'off' }, { by: 'admin', at: asOf });
    expect(await run()).toEqual({ teachers: 0, letters: 0 });
  });
}); // prettier-ignore
