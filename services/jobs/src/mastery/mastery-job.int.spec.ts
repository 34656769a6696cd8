import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type NewFact } from '@pharos/facts';
import { createRandom, learnedHash } from '@pharos/learner-models';
import { openWarehouse, type Row, type Warehouse } from '@pharos/warehouse';
import { type JobScope } from '../running/job.js';
import { masteryJob } from './mastery-job.js';

const START = Date.UTC(2026, 0, 5);
const iso = (ms: number) => new Date(ms).toISOString();
const asOf = '2026-06-01T00:00:00.000Z';
const now = new Date('2026-06-01T02:30:00.000Z');
let folder: string;
let warehouse: Warehouse;
let offset = 0;
const fact = (tenant: string, id: string, at: string) => ({ tenant, id, occurred_at: at, known_at: at, recorded_at: at, log_partition: 0, log_offset: offset++ }); // prettier-ignore

/** Learners who differ, items that differ. */
function answers(tenant: string, learners: number): Row<'answers'>[] {
  const random = createRandom(4);
  return Array.from({ length: learners }, (_, learner) => {
    const ability = 1.2 * random.normal();
    return Array.from({ length: 30 }, (__, at) => {
      const item = random.integer(12);
      const correct = random.uniform() < 1 / (1 + Math.exp(-(ability - (item - 6) / 3)));
      const when = iso(START + at * 86_400_000 + learner * 1_000);
      return { ...fact(tenant, `${learner}-${at}`, when), learner: `l${learner}`, activity: `https://items/${item}`, skills: [], correct: Number(correct), duration_seconds: null, hints: null, attempt: null };
    });
  }).flat();
} // prettier-ignore
const placed = (tenant: string): Row<'item_placements'>[] =>
  Array.from({ length: 12 }, (_, item) => ({ ...fact(tenant, `p${item}`, iso(START)), item: `https://items/${item}`, prefix: 0, holds_from: iso(0), skills: ['add'], subject: 'maths', difficulty: 0 })); // prettier-ignore

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'pharos-mastery-job-'));
  warehouse = await openWarehouse({ path: folder });
  for (const [tenant, learners] of [
    ['many', 60],
    ['few', 5],
  ] as const) {
    await warehouse.writer.insert('answers', answers(tenant, learners));
    await warehouse.writer.insert('item_placements', placed(tenant));
  }
});
afterAll(async () => {
  await warehouse.close();
  await rm(folder, { recursive: true, force: true });
});

async function runFor(tenant: string) {
  const facts: NewFact[] = [];
  const offsets = { statements: [1e9], models: [1e9], roster: [1e9] };
  const home = { now: () => now, log: { append: (more: readonly NewFact[]) => Promise.resolve(facts.push(...more)) }, logger: { warn: () => undefined } };
  const scope = { home, tenant, warehouse: warehouse.tenant(tenant), registry: {}, asOf, positions: { epoch: 'e', offsets }, seed: 7 } as unknown as JobScope;
  return { counts: await masteryJob.run(scope), facts: facts as Extract<NewFact, { type: 'KnowledgeSet' }>[] };
} // prettier-ignore

describe('the job that chooses how answers are read', () => {
  it('says which model holds from when, with every candidate’s figures, and the same when it runs again', async () => {
    const { counts, facts } = await runFor('many');
    expect(counts).toEqual({ subjects: 1, answers: 1_800, chosen: 1 });
    const { data } = facts[0]!;
    expect(data).toMatchObject({ subject: 'maths', holdsFrom: '2026-06-01T02:31:00.000Z', answers: 1_800, learners: 60 });
    expect(data.model).toBe(learnedHash(data.learned));
    expect(data.evaluation.map(({ kind }) => kind)).toEqual(['baseline', 'elo', 'bkt', 'best-lr']);
    const lossOf = (kind: string) => data.evaluation.find((one) => one.kind === kind)!.logLoss;
    expect(lossOf(data.kind)).toBe(Math.min(...data.evaluation.map(({ logLoss }) => logLoss)));
    expect(lossOf(data.kind)).toBeLessThan(lossOf('baseline'));
    expect((await runFor('many')).facts).toEqual(facts);
  });
  it('says nothing where there is too little to choose by', async () => {
    expect(await runFor('few')).toEqual({ counts: { subjects: 1, answers: 150, chosen: 0 }, facts: [] });
  });
});
