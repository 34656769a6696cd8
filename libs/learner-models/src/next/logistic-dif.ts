import { fitSparseLogistic, SparseBuilder } from '../knowledge/regression/sparse-logistic.js';
import { softplus } from '../log-odds.js';
import { type ComparedAnswer } from './mantel-haenszel.js';

/** Whether an item asks more of one group at equal mastery. */
export interface LogisticFairness {
  /** Log odds by which the item is harder for the focal group at equal mastery; null where it cannot be told. */
  readonly uniform: number | null;
  /** How much more that is at one step more of mastery: other than 0, the gap depends on mastery. */
  readonly nonUniform: number | null;
  /** Likelihood ratio χ² with two degrees of freedom, and its chance if the item is fair. */
  readonly chiSquare: number | null;
  readonly pValue: number | null;
  /** At 5 %. */
  readonly differs: boolean | null;
}

/** Keeps a fit finite where a group has only right or only wrong answers; too small to be seen otherwise. */
const LAMBDA = 1e-3;
const NOTHING: LogisticFairness = { uniform: null, nonUniform: null, chiSquare: null, pValue: null, differs: null };

/**
 * Differential item functioning by logistic regression (Swaminathan and Rogers 1990): right answers by mastery, group, and both together, against mastery alone.
 * Unlike Mantel and Haenszel's it also sees an item whose gap turns round with mastery.
 *
 * @example logisticFairness(answers).differs // => false
 */
export function logisticFairness(answers: readonly ComparedAnswer[]): LogisticFairness {
  const groups = new Set(answers.map(({ group }) => group));
  const outcomes = new Set(answers.map(({ correct }) => correct));
  if (groups.size < 2 || outcomes.size < 2) return NOTHING;
  const middle = answers.reduce((sum, { stratum }) => sum + stratum, 0) / answers.length;
  const rows = answers.map(({ stratum, group }) => {
    const [mastery, focal] = [stratum - middle, group === 'focal' ? 1 : 0];
    return [mastery, focal, mastery * focal];
  });
  const target = Uint8Array.from(answers, ({ correct }) => Number(correct));
  const whole = fitColumns(rows, 3, target);
  const alone = fitColumns(rows, 1, target);
  const chiSquare = Math.max(0, 2 * (alone.loss - whole.loss));
  const pValue = Math.exp(-chiSquare / 2); // the tail of χ² with two degrees of freedom
  return { uniform: -whole.weights[1]!, nonUniform: -whole.weights[2]!, chiSquare, pValue, differs: pValue < 0.05 };
}

function fitColumns(rows: readonly (readonly number[])[], width: number, target: Uint8Array) {
  const builder = new SparseBuilder();
  for (const row of rows) {
    for (let column = 0; column < width; column++) builder.add(column, row[column]!);
    builder.endRow();
  }
  const { intercept, weights } = fitSparseLogistic(builder.build(width), target, LAMBDA);
  let loss = 0;
  rows.forEach((row, at) => {
    let x = intercept;
    for (let column = 0; column < width; column++) x += weights[column]! * row[column]!;
    loss += softplus(x) - target[at]! * x;
  });
  return { weights, loss };
}
