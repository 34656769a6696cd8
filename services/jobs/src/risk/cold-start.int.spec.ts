import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRandom, learnedHash, L2Logistic } from '@pharos/learner-models';
import { knownClasses, openWarehouse, type Row, type TenantWarehouse, type Warehouse } from '@pharos/warehouse';
import { classMedians } from '../features/class-medians.js';
import { readFeatures } from '../features/feature-rows.js';
import { riskFeatures } from '../features/risk-features.js';
import { type JobScope } from '../running/job.js';
import { scoreRisk } from './score-risk.js';
import { settleModel } from './settle-model.js';
import { type Decision } from './standing.js';
import { watchInputs } from './watch-inputs.js';

const asOf = '2026-03-04T23:59:59.999Z';
const start = '2026-02-02T00:00:00.000Z';
const iri = 'https://lms.example/c';
const learners = Array.from({ length: 120 }, (_, number) => `l${number}`);
let folder: string;
let warehouse: Warehouse;
let tenant: TenantWarehouse;
let offset = 0;

const fact = (id: string, known = start) => ({ tenant: 't', id, occurred_at: known, known_at: known, recorded_at: known, log_partition: 0, log_offset: offset++ }); // prettier-ignore

/** A model that another tenant learned from what its learners missed, as it is stored with this one. */
function borrowed(week: number) {
  const random = createRandom(week);
  const missed = Float64Array.from({ length: 600 }, () => random.integer(3));
  const columns = riskFeatures.map(({ name }) => (name === 'work_missed' ? missed : new Float64Array(600).fill(NaN)));
  const target = Uint8Array.from(missed, (value) => Number(random.uniform() < 0.1 + 0.35 * value));
  const scorer = new L2Logistic({ seed: 1, lambda: 1 }).fit({ features: riskFeatures, columns, rows: 600, target, group: Int32Array.from(missed.keys()) }); // prettier-ignore
  const learned = { scorer: scorer.toLearned(), bands: null };
  const quantiles = [...missed].sort((a, b) => a - b).filter((_, row) => row % 10 === 5);
  const data = {
    model: learnedHash(learned), recipe: 'logistic', target: 'not-passing', week, asOf: start, positions: { epoch: 'e', offsets: {} }, seed: 1, features: [], learned,
    window: { classes: [], rows: 600, learners: 600, baseRate: 0.4 }, validation: { method: 'later-classes', classes: [], rows: 0, metrics: {}, reliability: [] },
    inputs: [{ feature: 'work_missed', missing: 0, quantiles }], borrowed: { from: 'south', by: 'u1', reason: 'a neighbour' },
  }; // prettier-ignore
  return { data, row: { ...fact(`borrowed-${week}`), model: data.model, recipe: 'logistic', target: 'not-passing', type: 'ModelTrained', body: JSON.stringify(data) } }; // prettier-ignore
}
const near = borrowed(4);
const far = borrowed(12);

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'pharos-cold-'));
  warehouse = await openWarehouse({ path: folder });
  tenant = warehouse.tenant('t');
  const { writer } = warehouse;
  await writer.insert('classes', [{ ...fact('class'), class: 'c', title: 'C', course: 'x', course_title: 'X', school: 's', school_title: 'S', term: '1', start_day: '2026-02-02', end_day: '2026-06-01', iris: [iri] }]); // prettier-ignore
  await writer.insert('enrolments', learners.map((learner) => ({ ...fact(`e-${learner}`), class: 'c', learner, registered_on: '2026-01-20', previous_attempts: 0, credits: 30 }))); // prettier-ignore
  await writer.insert('work', [1, 2].map((n) => ({ ...fact(`w-${n}`), class: 'c', work: `w${n}`, title: '', kind: 'homework', due_on: `2026-02-1${n}`, weight: 50 }))); // prettier-ignore
  const handed = (learner: string, work: string): Row<'attempts'> => ({ ...fact(`${learner}-${work}`, '2026-02-10T10:00:00.000Z'), activity: work, learner, kind: 'assignment', action: 'submitted', context: [iri], scaled: null, correct: null, duration_seconds: null }); // prettier-ignore
  await writer.insert('attempts', learners.flatMap((learner, at) => ['w1', 'w2'].slice(0, at % 3).map((work) => handed(learner, work)))); // prettier-ignore
  await writer.insert('contexts', [{ tenant: 't', context: [iri] }]);
  await writer.insert('models', [near.row, far.row]);
});
afterAll(async () => {
  await warehouse.close();
  await rm(folder, { recursive: true, force: true });
});

const promoted = (model: string, by = 'u1'): Decision => ({ id: 'd', type: 'ModelPromoted', at: start, data: { model, recipe: 'logistic', target: 'not-passing', by, reason: 'a neighbour', evidence: null } }); // prettier-ignore

async function settle(decisions: readonly Decision[], mitigation: null | 'rule' = null) {
  const scope = { tenant: 't', warehouse: tenant, asOf, positions: { epoch: 'e', offsets: {} }, seed: 1 } as unknown as JobScope;
  const classes = await tenant.ask(knownClasses({ asOf }));
  const chosen = mitigation && { kind: mitigation, attribute: 'gender', policy: null, without: [] };
  const fairness = { limitPer100: 5, mitigation: chosen, reason: '' };
  return settleModel(scope, classes, [], { target: 'not-passing', threshold: 0.5, fairness, declared: [], decisions }, () => undefined);
}

describe('a tenant without outcomes', () => {
  it('runs on the rule with assumed odds as long as nobody chose otherwise', async () => {
    for (const decisions of [[], [promoted('own')], [promoted(near.data.model, 'gate')]]) {
      const { served, borrowed: isBorrowed, facts } = await settle(decisions);
      expect([served.recipe, isBorrowed, facts]).toEqual(['rule', false, []]);
    }
    expect((await settle([promoted(near.data.model)], 'rule')).served.recipe).toBe('rule');
  });

  it('is scored by the model that was chosen, the one nearest to the week, after its inputs were compared', async () => {
    const { served, standIn, training, borrowed: isBorrowed } = await settle([promoted(far.data.model)]);
    expect([served.model, standIn.recipe, isBorrowed]).toEqual([near.data.model, 'rule', true]);
    const rows = await readFeatures(tenant, [{ class: 'c', at: asOf }]);
    const found = watchInputs(rows, training!, served.scorer, 'held-back');
    expect([found.compared, found.heldBack]).toEqual([1, []]);
    const scores = scoreRisk(rows, classMedians(rows), served, { tenant: 't', target: 'not-passing', asOf, positions: { epoch: 'e', offsets: {} } }); // prettier-ignore
    const told = scores.map(({ data }) => data as { model: string; probability: number; learner: string });
    expect(new Set(told.map(({ model }) => model))).toEqual(new Set([near.data.model]));
    const of = (learner: string): number => told.find((one) => one.learner === learner)!.probability;
    expect(of('l0')).toBeGreaterThan(of('l2') + 0.3);
  });

  it('goes back to the rule where somebody turned the model down', async () => {
    const rejected: Decision = { ...promoted(near.data.model), type: 'ModelRejected' };
    expect((await settle([rejected, promoted(near.data.model)])).served.recipe).toBe('rule');
  });
});
