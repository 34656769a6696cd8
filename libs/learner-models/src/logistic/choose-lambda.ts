import { selectRows, rowsWhere, type TrainingTable } from '../learner-table.js';
import { softplus } from '../log-odds.js';
import { personFolds, rowKeys } from '../person-folds.js';
import { designOf, fillPredictor, signsOf, type ColumnScale, type Predictor } from './design.js';
import { minimise, type Start } from './newton.js';

/** The best penalty is a prior, which more rows do not move: a sample of whole persons is enough to find it. */
const ENOUGH_ROWS = 10_000;

/**
 * The lambda with the lowest held-out log loss, no person being on both sides. O(folds × lambdas × one fit on about 10,000 rows).
 *
 * @param lambdas the values to try
 */
export function chooseLambda(table: TrainingTable, lambdas: readonly number[], folds: number, seed: number): number {
  const ordered = [...lambdas].sort((a, b) => b - a);
  if (ordered.length === 1) return ordered[0]!;
  const sample = samplePersons(table, seed);
  const fold = personFolds(sample, folds, seed);
  const losses = new Float64Array(ordered.length);
  for (let held = 0; held < folds; held++) {
    const training = selectRows(
      sample,
      rowsWhere(sample.rows, (row) => fold[row] !== held),
    );
    const validation = selectRows(
      sample,
      rowsWhere(sample.rows, (row) => fold[row] === held),
    );
    const design = designOf(training);
    const signs = signsOf(design);
    let start: Start | undefined;
    ordered.forEach((lambda, index) => {
      start = minimise(design, lambda, signs, start, 1e-3);
      losses[index]! += lossOn(validation, design.scales, design.predictors, start.coefficients);
    });
  }
  // Of equal losses the stronger penalty wins: it stands first.
  return ordered[losses.indexOf(Math.min(...losses))]!;
}

function samplePersons(table: TrainingTable, seed: number): TrainingTable {
  if (table.rows < 1.5 * ENOUGH_ROWS) return table;
  const share = (ENOUGH_ROWS / table.rows) * 2 ** 32;
  const keys = rowKeys(table, seed ^ 0x5eed);
  return selectRows(
    table,
    rowsWhere(table.rows, (row) => keys[row]! < share),
  );
}

function lossOn(
  table: TrainingTable,
  scales: readonly ColumnScale[],
  predictors: readonly Predictor[],
  coefficients: Float64Array,
): number {
  const logOdds = new Float64Array(table.rows).fill(coefficients[0]!);
  const values = new Float64Array(table.rows);
  predictors.forEach((predictor, p) => {
    fillPredictor(table, scales[predictor.feature]!, predictor, 0, table.rows, values, 0);
    for (let row = 0; row < table.rows; row++) logOdds[row]! += coefficients[p + 1]! * values[row]!;
  });
  return logOdds.reduce((sum, x, row) => sum + (table.weight ? table.weight[row]! : 1) * (softplus(x) - table.target[row]! * x), 0);
}
