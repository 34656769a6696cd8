import { describe, expect, it } from '@jest/globals';
import { makeCheckTable } from './checks/check-table.js';
import { counterfactuals } from './counterfactual.js';
import { reasonsOf, usualValues } from './explain.js';
import { GlassBox } from './glass-box/glass-box.js';
import { rowsWhere } from './learner-table.js';
import { isModelError } from './model-error.js';

const table = makeCheckTable(800);
const model = new GlassBox({ bags: 4, pairs: 2 }).fit(table);
const everyone = usualValues(
  table,
  rowsWhere(table.rows, () => true),
);
const row = table.columns[0]!.findIndex((missed, at) => missed >= 3 && table.columns[1]![at]! >= 10);

describe('reasonsOf', () => {
  const prediction = model.predict(table);
  const reasons = reasonsOf(prediction, table, row, everyone);
  it('gives every term with its values and what is usual, the strongest first', () => {
    expect(reasons).toHaveLength(prediction.terms.length);
    const sizes = reasons.map(({ contribution }) => Math.abs(contribution));
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    const missed = reasons.find(({ names }) => names.length === 1 && names[0] === 'work_missed')!;
    expect(missed).toMatchObject({ values: [table.columns[0]![row]], usual: [everyone[0]] });
    expect(missed.contribution).toBeGreaterThan(0);
    expect(reasons.filter(({ names }) => names.length === 2)).toHaveLength(model.terms.length - table.features.length);
  });
  it('adds up to the log-odds', () => {
    expect(reasons.reduce((sum, { contribution }) => sum + contribution, prediction.intercept)).toBeCloseTo(prediction.logOdds[row]!, 9);
  });
  it('refuses a prediction without contributions', () => {
    expect(() => reasonsOf(model.predict(table, { explain: false }), table, row, everyone)).toThrow(RangeError);
  });
});

describe('usualValues', () => {
  it('is the median of who has a value', () => {
    const columns = [Float64Array.of(1, NaN, 5, 3), Float64Array.of(NaN, NaN, NaN, NaN)];
    const four = { features: ['a', 'b'].map((name) => ({ name, family: 'x' })), columns, rows: 4 };
    expect([...usualValues(four, Uint32Array.of(0, 1, 2, 3))]).toEqual([3, NaN]);
  });
});

describe('counterfactuals', () => {
  const handIn = { name: 'hand in what is missing', sets: { work_missed: 0 } };
  const comeBack = { name: 'come back', sets: { days_silent: 0 } };
  const found = counterfactuals(model, table, row, [handIn, comeBack]);
  it('tries every combination, fewest actions first', () => {
    expect(found.map(({ actions }) => actions.length)).toEqual([1, 1, 2]);
    const now = model.predict(table).probability[row]!;
    const both = found[2]!;
    for (const { probability } of found) expect(probability).toBeLessThanOrEqual(now);
    for (const { probability } of found) expect(both.probability).toBeLessThanOrEqual(probability);
    expect(both.probability).toBeLessThan(now);
  });
  it('is what the model says of a learner with these values', () => {
    const columns = table.columns.map((column, at) => (at < 2 ? column.map(() => 0) : column));
    expect(found[2]!.logOdds).toBe(model.predict({ ...table, columns }).logOdds[row]);
  });
  it('does not combine actions that contradict each other', () => {
    const half = { name: 'hand in one', sets: { work_missed: 1 } };
    expect(counterfactuals(model, table, row, [handIn, half]).map(({ actions }) => actions)).toEqual([[handIn.name], [half.name]]);
  });
  it('leaves the table as it was', () => expect(table.columns).toEqual(makeCheckTable(800).columns));
  it('refuses what the model does not know', () => {
    expect.assertions(1);
    try {
      counterfactuals(model, table, row, [{ name: 'be younger', sets: { age: 20 } }]);
    } catch (error) {
      expect(isModelError(error) && error.code).toBe('unknown-feature');
    }
  });
});
