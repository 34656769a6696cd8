import { describe, expect, it } from '@jest/globals';
import { makeCheckTable } from './checks/check-table.js';
import { riskModelChecks } from './checks/risk-model-checks.js';
import { type LearnerTable } from './learner-table.js';
import { districtIndicators, pointsOf } from './risk-indicators.js';
import { RiskRule } from './risk-rule.js';

describe('RiskRule passes the checks of every model: it', () => {
  it.each(riskModelChecks(() => new RiskRule()))('$name', ({ run }) => {
    expect(run).not.toThrow();
  });
});

describe('RiskRule', () => {
  const features = districtIndicators.map(({ feature }) => ({ name: feature, family: 'district' }));
  const learner = (...values: number[]): LearnerTable => ({ features, columns: values.map((value) => Float64Array.of(value)), rows: 1 });

  it('gives points by hand-checkable steps, and none for what is unknown', () => {
    const attendance = districtIndicators.find(({ feature }) => feature === 'attendance_rate')!;
    expect([0.97, 0.95, 0.94, 0.9, 0.89, 0.5, NaN].map((rate) => pointsOf(attendance, rate))).toEqual([0, 0, 1, 1, 2, 3, 0]);
  });

  it('explains a score before any outcome is known: points times the assumed slope', () => {
    const rule = new RiskRule({ indicators: districtIndicators, assumed: { intercept: -2, slope: 0.5 } }).assume(features);
    const { contributions, logOdds } = rule.predict(learner(2, 12, 0.85, 0, NaN));
    expect(contributions.map((values) => values[0])).toEqual([2, 1, 1, 0, 0]);
    expect(logOdds[0]).toBe(2);
    expect(rule.toLearned().calibrated).toBe(false);
  });

  it('says which feature it lacks', () => {
    expect(() => new RiskRule({ indicators: districtIndicators }).fit(makeCheckTable())).toThrow(/attendance_rate/);
  });

  it('puts everyone at the base rate where points do not go with outcomes', () => {
    const table = makeCheckTable();
    const missed = table.columns[0]!;
    const target = Uint8Array.from({ length: table.rows }, (_, row) => (missed[row]! > 0 ? 0 : 1));
    const indicators = [{ feature: 'work_missed', when: 'atLeast', steps: [{ at: 1, points: 1 }] }] as const;
    const rate = target.reduce((sum, y) => sum + y, 0) / table.rows;
    for (const p of new RiskRule({ indicators }).fit({ ...table, target }).predict(table).probability) expect(p).toBeCloseTo(rate, 9);
  });
});
