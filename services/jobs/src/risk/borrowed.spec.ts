import { describe, expect, it } from '@jest/globals';
import { createRandom, L2Logistic, type Random } from '@pharos/learner-models';
import { asFeatureRows, type FeatureRows } from '../features/feature-rows.js';
import { nearestBorrowed } from './borrowed.js';
import { type LabelledRows } from './target.js';
import { inputsAsRows, inputsOf } from './training-inputs.js';
import { watchInputs } from './watch-inputs.js';

/** Learners of a district: work missed, marks, and activity where the district's platform reports it. */
function district(seed: number, rows: number, { course = 'maths', activity = true, missedMore = 0 } = {}): FeatureRows {
  const random = createRandom(seed);
  const draw = (one: Random) => ({
    work_missed: one.integer(4) + missedMore,
    mark_mean: 0.7 + 0.12 * one.normal(),
    activity_28: activity ? Math.exp(one.normal()) : NaN,
  });
  const drawn = Array.from({ length: rows }, () => draw(random));
  const keys = drawn.map((_, number) => ({ learner: `l${number}`, class: `${course}-1`, course, term: '1', school: 's', dayNumber: 28 }));
  return asFeatureRows(keys, (name) => Float64Array.from(drawn, (one) => (one as unknown as Record<string, number>)[name] ?? NaN));
}

/** A model of another tenant, in which each of the three features says something. */
function lender(rows = 900) {
  const before = district(1, rows);
  const random = createRandom(2);
  const column = (name: string) => before.table.columns[before.table.features.findIndex((feature) => feature.name === name)]!;
  const [missed, marks, activity] = [column('work_missed'), column('mark_mean'), column('activity_28')];
  const logOdds = (row: number): number => missed[row]! - 2 - 6 * (marks[row]! - 0.7) - 0.5 * (Math.log(activity[row]!) - 0.5);
  const target = Uint8Array.from(missed, (_, row) => Number(random.uniform() < 1 / (1 + Math.exp(-logOdds(row)))));
  const training: LabelledRows = { keys: before.keys, table: { ...before.table, target, group: before.table.group! } };
  return { training, scorer: new L2Logistic({ seed: 1, lambda: 10 }).fit(training.table) };
}

describe('what training looked like', () => {
  const { training, scorer } = lender();
  const inputs = inputsOf(training, scorer)!;

  it('is told of what the model rests on, by quantiles that are nobody’s own', () => {
    expect(inputs.map(({ feature }) => feature).sort()).toEqual(['activity_28', 'mark_mean', 'work_missed']);
    for (const { quantiles, missing } of inputs) {
      expect(quantiles.length).toBeLessThanOrEqual(training.table.rows / 10);
      expect([...quantiles].sort((a, b) => a - b)).toEqual(quantiles);
      expect(missing).toBe(0);
    }
    const few = lender(500);
    expect(inputsOf(few.training, few.scorer)).toBeUndefined();
  });

  it('lets the watch stay quiet in a like district, in 20 of them', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const { compared, heldBack } = watchInputs(district(100 + seed, 300), inputsAsRows(inputs), scorer, 'held-back');
      expect(compared).toBe(3);
      expect(heldBack).toEqual([]);
    }
  });

  it('holds the model back where the district does not report what it rests on, or is another one altogether, in 20 of them', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      for (const unlike of [{ activity: false }, { missedMore: 5 }]) {
        const { heldBack, moved } = watchInputs(district(200 + seed, 300, unlike), inputsAsRows(inputs), scorer, 'held-back');
        expect(moved.length).toBeGreaterThan(0);
        expect(heldBack.map(({ course }) => course)).toEqual(['maths']);
      }
    }
  });

  it('holds it back in a course of too few learners to compare: that nothing moved is not known', () => {
    expect(watchInputs(district(300, 30), inputsAsRows(inputs), scorer, 'held-back').heldBack).toEqual([{ course: 'maths', share: 1 }]);
    expect(watchInputs(district(300, 30), inputsAsRows(inputs), scorer).heldBack).toEqual([]);
  });
});

describe('of the models that came together, the one', () => {
  const model = (name: string, week: number, from: string | null) =>
    ({ model: name, week, inputs: [], ...(from === null ? {} : { borrowed: { from, by: 'u', reason: 'r' } }) }) as never;
  const all = [model('w2', 2, 'south'), model('w6', 6, 'south'), model('other', 4, 'east'), model('own', 4, null)];

  it('for the nearest week serves, and none that is too far', () => {
    expect(nearestBorrowed(all, 'w2', 3)).toMatchObject({ model: 'w2' });
    expect(nearestBorrowed(all, 'w2', 5)).toMatchObject({ model: 'w6' });
    expect(nearestBorrowed(all, 'w2', 4)).toMatchObject({ model: 'w2' });
    expect(nearestBorrowed(all, 'w2', 10)).toBeUndefined();
  });

  it('is none of a tenant that was not chosen, and none where what was promoted is its own', () => {
    expect(nearestBorrowed(all, 'other', 4)).toMatchObject({ model: 'other' });
    expect(nearestBorrowed(all, 'own', 4)).toBeUndefined();
  });
});
