import { describe, expect, it } from '@jest/globals';
import { riskModelChecks } from '../checks/risk-model-checks.js';
import { makeCheckTable } from '../checks/check-table.js';
import { type TrainingTable } from '../learner-table.js';
import { L2Logistic } from './l2-logistic.js';

describe('L2Logistic passes the checks of every model: it', () => {
  it.each(riskModelChecks((seed) => new L2Logistic({ seed })))('$name', ({ run }) => {
    expect(run).not.toThrow();
  });
});

/** Every fifth row of Fisher's iris (1936), versicolor against the rest. */
const iris: TrainingTable = {
  features: ['sepal length', 'sepal width', 'petal length', 'petal width'].map((name) => ({ name, family: 'iris' })),
  rows: 30,
  columns: [
    [
      5.1, 5.4, 5.4, 5.7, 5.4, 5, 4.8, 5, 5, 4.8, 7, 5.7, 5, 6.7, 5.9, 6.6, 5.5, 6, 5.5, 5.7, 6.3, 7.6, 6.5, 6.4, 6.9, 7.2, 7.4, 7.7, 6.7,
      6.7,
    ],
    [3.5, 3.9, 3.7, 4.4, 3.4, 3, 3.1, 3.2, 3.5, 3, 3.2, 2.8, 2, 3.1, 3.2, 3, 2.4, 3.4, 2.6, 3, 3.3, 3, 3.2, 3.2, 3.2, 3.2, 2.8, 3, 3.1, 3],
    [
      1.4, 1.7, 1.5, 1.5, 1.7, 1.6, 1.6, 1.2, 1.3, 1.4, 4.7, 4.5, 3.5, 4.4, 4.8, 4.4, 3.8, 4.5, 4.4, 4.2, 6, 6.6, 5.1, 5.3, 5.7, 6, 6.1,
      6.1, 5.6, 5.2,
    ],
    [
      0.2, 0.4, 0.2, 0.4, 0.2, 0.2, 0.2, 0.2, 0.3, 0.3, 1.4, 1.3, 1, 1.4, 1.8, 1.4, 1.1, 1.6, 1.2, 1.2, 2.5, 2.1, 2, 2.3, 2.3, 1.8, 1.9,
      2.3, 2.4, 2.3,
    ],
  ].map((column) => Float64Array.from(column)),
  target: Uint8Array.from({ length: 30 }, (_, row) => (row >= 10 && row < 20 ? 1 : 0)),
};

describe('L2Logistic', () => {
  // Expected values: scikit-learn 1.9.1, StandardScaler and LogisticRegression(solver='newton-cholesky', tol=1e-14).
  it('agrees with scikit-learn at C = 1', () => {
    const { intercept, effects } = new L2Logistic({ lambda: 1 }).fit(iris).toLearned();
    expect(intercept).toBeCloseTo(-0.8428353233937449, 6);
    const expected = [-0.42972941897124706, -0.9881564618291548, 0.690315163310846, -0.24181368671794018];
    effects.forEach((effect, at) => expect(effect.perDeviation).toBeCloseTo(expected[at]!, 6));
  });

  it('agrees with scikit-learn under weights at C = 1/2', () => {
    const weight = Float64Array.from({ length: 30 }, (_, row) => (row % 3 === 0 ? 2 : 1));
    const { intercept, effects } = new L2Logistic({ lambda: 2 }).fit({ ...iris, weight }).toLearned();
    expect(intercept).toBeCloseTo(-0.8959815251646699, 6);
    const expected = [-0.3708110457287641, -1.017195578103146, 0.4936970519379217, -0.10736322535482125];
    effects.forEach((effect, at) => expect(effect.perDeviation).toBeCloseTo(expected[at]!, 6));
  });

  it('stays finite on a sample that a feature separates', () => {
    const table = makeCheckTable();
    const columns = table.columns.map((column, at) => (at === 4 ? Float64Array.from(table.target) : column));
    const { logOdds } = new L2Logistic({ lambda: 0.001 }).fit({ ...table, columns }).predict({ ...table, columns });
    expect(logOdds.every(Number.isFinite)).toBe(true);
  });

  it('reaches the same optimum from sampled curvature as from all rows', () => {
    const small = makeCheckTable(600);
    const repeat = 150;
    const times = <T extends Float64Array | Uint8Array>(from: ArrayLike<number>, into: T): T => into.map((_, row) => from[row % 600]!) as T;
    const rows = 600 * repeat;
    const big = {
      ...small,
      rows,
      columns: small.columns.map((column) => times(column, new Float64Array(rows))),
      target: times(small.target, new Uint8Array(rows)),
    };
    const { group: _, time: __, ...ungrouped } = big;
    const expected = new L2Logistic({ lambda: 1 / repeat }).fit(small).toLearned();
    const actual = new L2Logistic({ lambda: 1 }).fit(ungrouped).toLearned();
    actual.effects.forEach((effect, at) => expect(effect.perDeviation).toBeCloseTo(expected.effects[at]!.perDeviation, 5));
  });

  it('holds coefficients at their bound where monotone asks for it, as if those features were not there', () => {
    const table = makeCheckTable();
    // Both copy what lowers the risk and are declared to raise it, so the best admissible coefficient of each is 0.
    const wrong = [1, 0.5].map((part) => table.columns[2]!.map((mark, row) => part * mark + Math.sin(row)));
    const features = [
      ...table.features,
      ...['x', 'y'].map((name) => ({ name, family: 'wrong', monotone: 'up', missingMeans: 'unknown' }) as const),
    ];
    const { effects } = new L2Logistic({ lambda: 1 }).fit({ ...table, features, columns: [...table.columns, ...wrong] }).toLearned();
    const expected = new L2Logistic({ lambda: 1 }).fit(table).toLearned();
    expected.effects.forEach((effect, at) => expect(effects[at]!.perDeviation).toBeCloseTo(effect.perDeviation, 6));
    expect(effects.slice(5).map(({ perDeviation }) => perDeviation)).toEqual([0, 0]);
  });
});
