import assert from 'node:assert/strict';
import { learnedHash } from '../learned-hash.js';
import { selectRows, type FeatureSpec, type LearnerTable, type TrainingTable } from '../learner-table.js';
import { rocAuc } from '../metrics/roc-auc.js';
import { isModelError, type ModelErrorCode } from '../model-error.js';
import { createRandom } from '../random.js';
import { restoreScorer } from '../restore-scorer.js';
import { type Learned, type RiskModel } from '../risk-model.js';
import { makeCheckTable } from './check-table.js';

/** One property that every risk model has; `run` throws where it does not hold. */
export interface RiskModelCheck {
  readonly name: string;
  readonly run: () => void;
}

/**
 * The checks that every risk model passes, in the manner of scikit-learn's `check_estimator`.
 *
 * @param create makes an unfitted model with the seed given; its settings must suit a table with the features of `checkFeatures`
 * @example it.each(riskModelChecks((seed) => new L2Logistic({ seed })))('$name', ({ run }) => expect(run).not.toThrow())
 */
export function riskModelChecks(create: (seed: number) => RiskModel): RiskModelCheck[] {
  const fitted = (table: LearnerTable = makeCheckTable()): RiskModel => create(1).fit(table);
  const checks: Record<string, () => void> = {
    'learns the same values from the same seed': () => {
      assert.equal(learnedHash(fitted().toLearned()), learnedHash(fitted().toLearned()));
    },
    'does not care about the order of rows': () => {
      const table = makeCheckTable();
      assertClose(fitted(shuffled(table)).predict(table).logOdds, fitted(table).predict(table).logOdds, 1e-6);
    },
    'gives no weight to a constant column': () => assertSilent(fitted(withColumn(() => 7))),
    'gives no weight to a column that is missing throughout': () => assertSilent(fitted(withColumn(() => NaN))),
    'reads nothing into absence that means unknown': () => {
      const table = makeCheckTable();
      const column = withColumn((row) => (table.target[row] === 1 ? NaN : 3), { missingMeans: 'unknown' });
      assertSilent(fitted(column));
    },
    'refuses a single class': () => assertRefused('single-class', () => fitted({ ...makeCheckTable(), target: new Uint8Array(600) })),
    'refuses a missing target': () => {
      const { target: _, ...table } = makeCheckTable();
      assertRefused('no-target', () => fitted(table));
    },
    'refuses an outcome that is NaN': () => {
      const table = makeCheckTable();
      assertRefused('bad-target', () => fitted({ ...table, target: Float64Array.from(table.target, (y, row) => (row === 9 ? NaN : y)) }));
    },
    'refuses too few rows': () => assertRefused('too-few-rows', () => fitted(makeCheckTable(6))),
    'refuses infinite values': () => assertRefused('bad-value', () => fitted(withColumn((row) => (row === 5 ? Infinity : row)))),
    'refuses columns of another length': () => {
      const table = makeCheckTable();
      assertRefused('shape', () => fitted({ ...table, columns: [...table.columns.slice(1), new Float64Array(3)] }));
    },
    'refuses features in another order': () => {
      const table = makeCheckTable();
      const swapped = { ...table, features: table.features.toReversed(), columns: table.columns.toReversed() };
      assertRefused('features-differ', () => fitted(table).predict(swapped));
    },
    'refuses to score before it is fitted': () => assertRefused('not-fitted', () => create(1).predict(makeCheckTable())),
    'has contributions that add up to the log-odds': () => assertAddsUp(fitted(), makeCheckTable(200, 5)),
    'scores the same with and without explanations, whole and in ranges': () => assertRangesAgree(fitted(), makeCheckTable(200, 5)),
    'obeys monotone features': () => assertMonotone(fitted(), makeCheckTable(100, 5)),
    'keeps probabilities inside (0, 1), whatever the values': () => {
      const extreme = withColumn((row) => [1e12, -1e12, NaN, 0][row % 4]!);
      const wild = { ...extreme, columns: extreme.columns.map((_, at) => extreme.columns[(at + 5) % 6]!) };
      for (const p of fitted(withColumn((row) => row % 9)).predict(wild).probability) assert.ok(p > 0 && p < 1, `${p}`);
    },
    'scores a value that is missing where training had none': () => {
      const table = makeCheckTable();
      const model = fitted(table);
      const columns = table.columns.map((column) => new Float64Array(column.length).fill(NaN));
      for (const p of model.predict({ ...table, columns }).probability) assert.ok(p > 0 && p < 1, `${p}`);
    },
    'comes back from JSON with the same scores and hash': () => assertRestores(fitted()),
    'does not read outcomes, persons or times when it scores': () => {
      const table = makeCheckTable();
      const model = fitted(table);
      const bare = { features: table.features, columns: table.columns, rows: table.rows };
      const flipped = { ...table, target: table.target.map((y) => 1 - y), group: new Int32Array(600), time: new Float64Array(600) };
      assertClose(model.predict(bare).logOdds, model.predict(flipped).logOdds, 0);
    },
    'ranks unseen learners better than chance': () => assertLearns(create),
    'does not learn coin tosses by heart': () => assertHolds(create),
    'ignores rows of weight 0': () => {
      const table = makeCheckTable();
      const kept = Uint32Array.from({ length: 500 }, (_, row) => row);
      const weight = Float64Array.from({ length: 600 }, (_, row) => (row < 500 ? 1 : 0));
      const without = { ...selectRows(table, kept), weight: new Float64Array(500).fill(1) };
      assertClose(fitted({ ...table, weight }).predict(table).logOdds, fitted(without).predict(table).logOdds, 1e-9);
    },
  };
  return Object.entries(checks).map(([name, run]) => ({ name, run }));
}

function withColumn(value: (row: number) => number, spec: Partial<FeatureSpec> = {}): TrainingTable {
  const table = makeCheckTable();
  const column = Float64Array.from({ length: table.rows }, (_, row) => value(row));
  return { ...table, features: [...table.features, { name: 'extra', family: 'none', ...spec }], columns: [...table.columns, column] };
}

function shuffled(table: TrainingTable): TrainingTable {
  const random = createRandom(99);
  const order = Uint32Array.from({ length: table.rows }, (_, row) => row);
  for (let at = order.length - 1; at > 0; at--) {
    const other = random.integer(at + 1);
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  return selectRows(table, order);
}

function assertClose(actual: Float64Array, expected: Float64Array, tolerance: number): void {
  assert.equal(actual.length, expected.length);
  actual.forEach((value, row) => assert.ok(Math.abs(value - expected[row]!) <= tolerance, `row ${row}: ${value} and ${expected[row]}`));
}

function assertRefused(code: ModelErrorCode, attempt: () => unknown): void {
  assert.throws(attempt, (error) => isModelError(error) && error.code === code && error.message.length > 10);
}

function assertSilent(model: RiskModel): void {
  const { terms, contributions } = model.predict(withColumn((row) => row % 3));
  terms.forEach((term, at) => {
    if (term.names.includes('extra'))
      assert.ok(
        contributions[at]!.every((value) => value === 0),
        `${term.names.join(' and ')} speaks`,
      );
  });
}

function assertAddsUp(model: RiskModel, table: LearnerTable): void {
  const { intercept, contributions, logOdds, probability, terms } = model.predict(table);
  assert.equal(contributions.length, terms.length);
  logOdds.forEach((value, row) => {
    const sum = contributions.reduce((total, values) => total + values[row]!, intercept);
    assert.equal(sum, value);
    assert.ok(Math.abs(1 / (1 + Math.exp(-value)) - probability[row]!) < 1e-12);
  });
}

function assertRangesAgree(model: RiskModel, table: LearnerTable): void {
  const whole = model.predict(table);
  assertClose(model.predict(table, { explain: false }).logOdds, whole.logOdds, 0);
  const part = model.predict(table, { from: 50, to: 120 });
  assertClose(part.logOdds, whole.logOdds.slice(50, 120), 0);
  part.contributions.forEach((values, at) => assertClose(values, whole.contributions[at]!.slice(50, 120), 0));
}

function assertMonotone(model: RiskModel, table: LearnerTable): void {
  table.features.forEach(({ monotone, name }, feature) => {
    if (!monotone) return;
    const present = [...table.columns[feature]!].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
    const grid = [present[0]! - 10, ...present, present.at(-1)! + 10];
    let before: Float64Array | undefined;
    for (const value of grid) {
      const columns = table.columns.map((column, at) => (at === feature ? new Float64Array(table.rows).fill(value) : column));
      const { logOdds } = model.predict({ ...table, columns });
      const step = monotone === 'up' ? 1 : -1;
      logOdds.forEach((now, row) => assert.ok(!before || (now - before[row]!) * step >= -1e-9, `${name} at ${value}, row ${row}`));
      before = logOdds;
    }
  });
}

function assertRestores(model: RiskModel): void {
  const table = makeCheckTable(100, 5);
  const restored = restoreScorer(JSON.parse(JSON.stringify(model.toLearned())) as Learned);
  assert.equal(learnedHash(restored.toLearned()), learnedHash(model.toLearned()));
  assert.deepEqual(restored.features, model.features);
  assert.deepEqual(restored.terms, model.terms);
  assertClose(restored.predict(table).logOdds, model.predict(table).logOdds, 0);
}

function assertLearns(create: (seed: number) => RiskModel): void {
  const unseen = makeCheckTable(1200, 22);
  const { logOdds } = create(1).fit(makeCheckTable(1200, 21)).predict(unseen);
  const auc = rocAuc({ target: unseen.target, score: logOdds });
  assert.ok(auc > 0.62, `AUC ${auc}`);
}

function assertHolds(create: (seed: number) => RiskModel): void {
  const random = createRandom(3);
  const table = makeCheckTable(1200, 21);
  const meaningless = { ...table, target: table.target.map(() => random.integer(2)) };
  const { logOdds } = create(1).fit(meaningless).predict(meaningless);
  const auc = rocAuc({ target: meaningless.target, score: logOdds });
  assert.ok(auc < 0.62, `AUC ${auc} on the outcomes that it was fitted on, which are coin tosses`);
}
