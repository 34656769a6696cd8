import { eachTiedRun, type ScoredOutcomes } from './scored-outcomes.js';

/**
 * Average precision: precision at each threshold weighted by the recall it gains; equal scores are one threshold, as in scikit-learn.
 * O(n log n), or O(n) with a known order.
 *
 * @returns NaN where the outcome never occurs
 * @example averagePrecision({ target: Uint8Array.of(0, 0, 1, 1), score: Float64Array.of(0.1, 0.4, 0.35, 0.8) }) // => 0.8333
 */
export function averagePrecision(scored: ScoredOutcomes): number {
  let positives = 0;
  let named = 0;
  let sum = 0;
  eachTiedRun(scored, (run) => {
    positives += run.positives;
    named += run.positives + run.negatives;
    if (run.positives > 0) sum += run.positives * (positives / named);
  });
  return positives > 0 ? sum / positives : NaN;
}
