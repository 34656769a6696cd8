import { eachTiedRun, type ScoredOutcomes } from './scored-outcomes.js';

/**
 * Area under the ROC curve: the chance that a learner with the outcome scores above one without, ties counting half
 * (Hanley and McNeil 1982). O(n log n), or O(n) with a known order.
 *
 * @returns NaN where only one outcome occurs
 * @example rocAuc({ target: Uint8Array.of(0, 0, 1, 1), score: Float64Array.of(0.1, 0.4, 0.35, 0.8) }) // => 0.75
 */
export function rocAuc(scored: ScoredOutcomes): number {
  let above = 0;
  let negatives = 0;
  let won = 0;
  eachTiedRun(scored, (run) => {
    won += run.negatives * (above + run.positives / 2);
    above += run.positives;
    negatives += run.negatives;
  });
  return above > 0 && negatives > 0 ? won / (above * negatives) : NaN;
}
