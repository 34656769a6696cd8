import { type Prediction, type Term } from './risk-model.js';

/**
 * Probability of given log-odds, kept strictly inside (0, 1) so that a log loss stays finite.
 *
 * @example probabilityOf(0) // => 0.5
 */
export function probabilityOf(logOdds: number): number {
  const probability = 1 / (1 + Math.exp(-logOdds));
  return Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, probability));
}

/** Log-odds of a probability inside (0, 1). */
export function logOddsOf(probability: number): number {
  return Math.log(probability / (1 - probability));
}

/** ln(1 + e^x) without overflow. */
export function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}

/**
 * Adds contributions up in the order of the terms, so that whoever adds them again gets the same bits.
 *
 * @param contributions one array of `rows` values per term
 */
export function additivePrediction(
  intercept: number,
  terms: readonly Term[],
  contributions: readonly Float64Array[],
  rows: number,
): Prediction {
  const logOdds = new Float64Array(rows).fill(intercept);
  for (const values of contributions) for (let row = 0; row < rows; row++) logOdds[row]! += values[row]!;
  return { rows, intercept, terms, logOdds, probability: logOdds.map(probabilityOf), contributions };
}

/**
 * Scores without explanation, in the memory of one term.
 *
 * @param contribution fills the given array with the values of term `index`
 */
export function summedPrediction(
  intercept: number,
  terms: readonly Term[],
  rows: number,
  contribution: (index: number, into: Float64Array) => void,
): Prediction {
  const logOdds = new Float64Array(rows).fill(intercept);
  const values = new Float64Array(rows);
  terms.forEach((_, index) => {
    contribution(index, values);
    for (let row = 0; row < rows; row++) logOdds[row]! += values[row]!;
  });
  return { rows, intercept, terms, logOdds, probability: logOdds.map(probabilityOf), contributions: [] };
}
