import { describe, expect, it } from '@jest/globals';
import { CalibratedRisk, heldOutBands, L2Logistic, type LearnerTable } from '@pharos/learner-models';
import { type Score } from '@pharos/warehouse';
import { possibleChange } from './possible-changes.js';

const features = [
  { name: 'work_missed', family: 'work', monotone: 'up' },
  { name: 'work_missed_share', family: 'work', monotone: 'up' },
  { name: 'work_late', family: 'work' },
  { name: 'mark_mean', family: 'marks', monotone: 'down' },
] as const;

/** Learners of whom those with missed work and low marks seldom pass; marks run through all values at every number of missed pieces. */
const rows = Array.from({ length: 400 }, (_, i) => ({ missed: i % 4, mark: ((i * 7) % 100) / 100 }));
const table: LearnerTable & { target: Uint8Array } = {
  features,
  columns: [
    Float64Array.from(rows, ({ missed }) => missed),
    Float64Array.from(rows, ({ missed }) => missed / 4),
    Float64Array.from(rows, (_, i) => (i % 5 === 0 ? 1 : 0)),
    Float64Array.from(rows, ({ mark }) => mark),
  ],
  rows: rows.length,
  target: Uint8Array.from(rows, ({ missed, mark }, i) => (missed * 0.8 - mark * 2 + ((i * 13) % 10) / 10 > 0.6 ? 1 : 0)),
  group: Int32Array.from(rows, (_, i) => i),
};
const scorer = new CalibratedRisk(new L2Logistic().fit(table), { slope: 0.9, intercept: 0.1 });
const prediction = scorer.predict(table);
const learned = JSON.parse(
  JSON.stringify({ scorer: scorer.toLearned(), bands: heldOutBands(prediction.logOdds, table.target, 50) }),
) as unknown;

/** The score of a row, as the jobs would have written it. */
const scoreOf = (row: number): Score => ({
  id: 's', learner: 'l', class: 'c', term: 't', target: 'not-passing', asOf: '2026-01-28T00:00:00.000Z', week: 4, model: 'm', recipe: 'logistic',
  logOdds: prediction.logOdds[row]!, probability: prediction.probability[row]!, raw: prediction.logOdds[row]!, intercept: prediction.intercept,
  contributions: prediction.terms.map(({ names }, term) => ({
    feature: names.join(' × '), value: table.columns[term]![row]!, reference: 0, logOdds: prediction.contributions[term]![row]!,
  })),
  heldOut: null, positions: { epoch: 'e', offsets: {} },
}); // prettier-ignore

describe('what can still be done', () => {
  const row = rows.findIndex(({ missed, mark }) => missed === 2 && mark < 0.3);

  it('is to hand in what is missed: what the model says of a learner who has, late, with the same marks', () => {
    const found = possibleChange(scoreOf(row), learned, 'algebra')!;
    const columns = table.columns.map((column) => Float64Array.of(column[row]!));
    columns[0]![0] = 0;
    columns[1]![0] = 0;
    columns[2]![0]! += 2;
    const then = scorer.predict({ features, columns, rows: 1 });
    expect(found).toMatchObject({ class: 'c', action: 'hand-in-missed', count: 2 });
    expect(found.probability).toBeCloseTo(then.probability[0]!, 12);
    expect(found.probability).toBeLessThan(prediction.probability[row]! - 0.02);
    expect(found.heldOut!.rate).toBeGreaterThanOrEqual(found.heldOut!.low);
    expect(found.heldOut!.n).toBeGreaterThanOrEqual(50);
  });

  it('is nothing where nothing is missed, nothing is stored, or the score is not what the stored values give', () => {
    expect(possibleChange(scoreOf(rows.findIndex(({ missed }) => missed === 0)), learned, 'algebra')).toBeNull();
    expect(possibleChange(scoreOf(row), undefined, 'algebra')).toBeNull();
    expect(possibleChange({ ...scoreOf(row), logOdds: 9 }, learned, 'algebra')).toBeNull();
  });
});
