import { ModelError } from './model-error.js';

/** Calibrated log-odds = intercept + slope × raw log-odds. */
export interface Platt {
  readonly slope: number;
  readonly intercept: number;
}

/**
 * Fits Platt's sigmoid to raw scores of held-out rows by Newton's method with halving (Platt 1999; Lin, Lin and Weng 2007).
 * Targets are smoothed as Platt proposed, (n₊+1)/(n₊+2) and 1/(n₋+2), so that a sample which the score separates has a finite answer.
 * O(steps × rows).
 *
 * @param scores raw log-odds, or points
 * @param weight non-negative weights; 1 where absent
 * @throws ModelError 'too-few-rows' or 'single-class'
 * @example fitPlatt(Float64Array.of(-1, 0, 0, 1), Uint8Array.of(0, 1, 0, 1)) // slope > 0, intercept 0
 */
export function fitPlatt(scores: Float64Array, target: Uint8Array, weight?: Float64Array): Platt {
  const { positives, negatives } = countClasses(target, weight);
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (negatives + 2);
  return fitLine(scores, (row) => (target[row] === 1 ? high : low), weight);
}

/**
 * Maximum-likelihood line of log-odds over scores, targets as they are: what calibration slope and intercept are read from.
 *
 * @param start a line near the answer, such as that of all rows for a resample of them: saves steps, changes nothing
 * @throws ModelError as `fitPlatt`
 */
export function fitLogOddsLine(scores: Float64Array, target: Uint8Array, weight?: Float64Array, start?: Platt): Platt {
  countClasses(target, weight);
  return fitLine(scores, (row) => target[row]!, weight, start);
}

function countClasses(target: Uint8Array, weight: Float64Array | undefined): { positives: number; negatives: number } {
  let positives = 0;
  let negatives = 0;
  for (let row = 0; row < target.length; row++) {
    const w = weight ? weight[row]! : 1;
    if (target[row] === 1) positives += w;
    else negatives += w;
  }
  if (positives + negatives < 2) throw new ModelError('too-few-rows', 'calibration needs at least two rows');
  if (positives === 0 || negatives === 0) throw new ModelError('single-class', 'calibration needs both outcomes to occur');
  return { positives, negatives };
}

function fitLine(scores: Float64Array, wanted: (row: number) => number, weight: Float64Array | undefined, start?: Platt): Platt {
  const { mean, deviation } = spread(scores, weight);
  // Scores in units of their own spread: Newton's steps are then well scaled whatever the scores' unit.
  const unit = deviation > 0 ? deviation : 1;
  const evaluate = (intercept: number, slope: number) => lineAt(scores, wanted, weight, mean, unit, intercept, slope);
  let slope = start && deviation > 0 ? start.slope * unit : 0;
  let intercept = start ? start.intercept + (slope * mean) / unit : 0;
  let at = evaluate(intercept, slope);
  for (let step = 0; step < 200; step++) {
    if (Math.abs(at.g0) + Math.abs(at.g1) <= 1e-9 * (1 + at.total)) break;
    const ridge = 1e-12 * (at.h00 + at.h11) + 1e-300;
    const determinant = (at.h00 + ridge) * (at.h11 + ridge) - at.h01 ** 2;
    const d0 = -((at.h11 + ridge) * at.g0 - at.h01 * at.g1) / determinant;
    const d1 = deviation > 0 ? -((at.h00 + ridge) * at.g1 - at.h01 * at.g0) / determinant : 0;
    let length = 1;
    let tried = evaluate(intercept + d0, slope + d1);
    while (length > 1e-9 && !(tried.loss < at.loss)) {
      length /= 2;
      tried = evaluate(intercept + length * d0, slope + length * d1);
    }
    if (length <= 1e-9) break;
    intercept += length * d0;
    slope += length * d1;
    at = tried;
  }
  return { slope: slope / unit, intercept: intercept - (slope * mean) / unit };
}

function spread(scores: Float64Array, weight: Float64Array | undefined): { mean: number; deviation: number } {
  let total = 0;
  let sum = 0;
  for (let row = 0; row < scores.length; row++) {
    total += weight ? weight[row]! : 1;
    sum += (weight ? weight[row]! : 1) * scores[row]!;
  }
  const mean = sum / total;
  let squares = 0;
  for (let row = 0; row < scores.length; row++) squares += (weight ? weight[row]! : 1) * (scores[row]! - mean) ** 2;
  const deviation = Math.sqrt(squares / total);
  return { mean, deviation: deviation > 1e-12 * (1 + Math.abs(mean)) ? deviation : 0 };
}

function lineAt(
  scores: Float64Array,
  wanted: (row: number) => number,
  weight: Float64Array | undefined,
  mean: number,
  unit: number,
  intercept: number,
  slope: number,
): { loss: number; total: number; g0: number; g1: number; h00: number; h01: number; h11: number } {
  const at = { loss: 0, total: 0, g0: 0, g1: 0, h00: 0, h01: 0, h11: 0 };
  for (let row = 0; row < scores.length; row++) {
    const w = weight ? weight[row]! : 1;
    const z = (scores[row]! - mean) / unit;
    const x = intercept + slope * z;
    const t = wanted(row);
    // One exponential for both, of a number that is never positive: neither overflows.
    const e = Math.exp(-Math.abs(x));
    const p = (x >= 0 ? 1 : e) / (1 + e);
    const error = w * (p - t);
    const curve = w * p * (1 - p);
    at.loss += w * (Math.max(x, 0) + Math.log1p(e) - t * x);
    at.total += w;
    at.g0 += error;
    at.g1 += error * z;
    at.h00 += curve;
    at.h01 += curve * z;
    at.h11 += curve * z * z;
  }
  return at;
}
