import { totals, type ScoredOutcomes } from './scored-outcomes.js';

/**
 * Mean squared difference of probability and outcome (Brier 1950). O(n).
 *
 * @returns NaN where there are no rows
 * @example brierScore({ target: Uint8Array.of(0, 1), score: Float64Array.of(0.2, 0.6) }) // => 0.1
 */
export function brierScore(scored: ScoredOutcomes): number {
  const { target, score, weight } = scored;
  let sum = 0;
  for (let row = 0; row < target.length; row++) sum += (weight ? weight[row]! : 1) * (score[row]! - target[row]!) ** 2;
  return sum / totals(scored).all;
}
