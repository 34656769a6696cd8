import { eachTiedRun, totals, type ScoredOutcomes } from './scored-outcomes.js';

/** What a capacity buys: of those named, the share with the outcome; of those with the outcome, the share named. */
export interface TopShare {
  readonly selected: number;
  readonly precision: number;
  readonly recall: number;
}

/**
 * Precision and recall among the `count` highest scores. Where equal scores straddle the cut, each of them is selected in part,
 * which is the expectation over all ways to break the tie. O(n log n), or O(n) with a known order.
 *
 * @param count how many are selected; need not be whole
 * @returns NaN precision where nobody is selected, NaN recall where the outcome never occurs
 * @example topCount({ target: Uint8Array.of(1, 0, 0), score: Float64Array.of(1, 1, 0) }, 1) // => { selected: 1, precision: 0.5, recall: 0.5 }
 */
export function topCount(scored: ScoredOutcomes, count: number): TopShare {
  let left = count;
  let selected = 0;
  let hit = 0;
  let positives = 0;
  eachTiedRun(scored, (run) => {
    const size = run.positives + run.negatives;
    positives += run.positives;
    if (left <= 0 || size === 0) return;
    const part = Math.min(1, left / size);
    selected += size * part;
    hit += run.positives * part;
    left -= size * part;
  });
  return { selected, precision: selected > 0 ? hit / selected : NaN, recall: positives > 0 ? hit / positives : NaN };
}

/**
 * Precision and recall among the highest scores that make up `fraction` of all, ties at the cut shared.
 *
 * @param fraction in (0, 1]
 * @example topFraction(scored, 0.1).precision // => 0.92
 */
export function topFraction(scored: ScoredOutcomes, fraction: number): TopShare {
  return topCount(scored, totals(scored).all * fraction);
}
