import { type LearnerTable } from './learner-table.js';
import { quantile } from './metrics/person-bootstrap.js';
import { type Prediction } from './risk-model.js';

/** One addend of a learner's score, ready to be put into words elsewhere. */
export interface Reason {
  /** One feature's name, or the two of a pair. */
  readonly names: readonly string[];
  /** The learner's values, NaN where missing. */
  readonly values: readonly number[];
  /** What is usual among classmates (their median), NaN where none has a value. */
  readonly usual: readonly number[];
  /** In log-odds, against the average learner of training: above 0 it raises the risk. */
  readonly contribution: number;
}

/**
 * The addends of one learner's score, those that move it most first. All of them and the intercept add up to the log-odds.
 *
 * @param row row of the prediction and of the table (a prediction of a range counts from its own first row)
 * @param usual the classmates' median of each feature, such as from `usualValues`
 * @example reasonsOf(prediction, table, 7, usual).filter(({ contribution }) => contribution > 0).slice(0, 3)
 */
export function reasonsOf(prediction: Prediction, table: LearnerTable, row: number, usual: Float64Array, from = 0): Reason[] {
  if (!(row >= 0 && row < prediction.rows)) throw new RangeError(`reasonsOf: row ${row} of ${prediction.rows}`);
  if (prediction.contributions.length === 0) throw new RangeError('reasonsOf: the prediction was made without contributions');
  return prediction.terms
    .map((term, at) => ({
      names: term.names,
      values: term.features.map((feature) => table.columns[feature]![from + row]!),
      usual: term.features.map((feature) => usual[feature]!),
      contribution: prediction.contributions[at]![row]!,
    }))
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
}

/**
 * The median of each feature over the chosen rows. O(features × rows log rows).
 *
 * @param rows the classmates, such as all rows of the learner's course; must not be empty
 * @example usualValues(table, rowsWhere(table.rows, (row) => course[row] === 3))
 */
export function usualValues(table: LearnerTable, rows: Uint32Array): Float64Array {
  if (rows.length === 0) throw new RangeError('usualValues: no classmates');
  return Float64Array.from(table.columns, (column) => {
    const present = Float64Array.from(rows, (row) => column[row]!).filter((value) => !Number.isNaN(value));
    return quantile(present.sort(), 0.5);
  });
}
