import { totals, type ScoredOutcomes } from './scored-outcomes.js';

/**
 * Mean negative log-likelihood of the outcomes, in nats. Probabilities are kept one machine epsilon away from 0 and 1. O(n).
 *
 * @returns NaN where there are no rows
 * @example logLoss({ target: Uint8Array.of(1), score: Float64Array.of(0.5) }) // => 0.6931
 */
export function logLoss(scored: ScoredOutcomes): number {
  const { target, score, weight } = scored;
  let sum = 0;
  for (let row = 0; row < target.length; row++) {
    const p = Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, score[row]!));
    sum -= (weight ? weight[row]! : 1) * (target[row] === 1 ? Math.log(p) : Math.log1p(-p));
  }
  return sum / totals(scored).all;
}
