import { fitLogOddsLine, type Platt } from '../platt.js';
import { logOddsOf } from '../log-odds.js';
import { totals, type ScoredOutcomes } from './scored-outcomes.js';

/**
 * Calibration slope and intercept: the logistic regression of the outcome on the score's log-odds (Cox 1958). Slope 1 and intercept 0 are
 * perfect; a slope under 1 says that the probabilities are too extreme. O(n × steps).
 *
 * @param near the line of rows like these, such as those of a resample: saves steps, changes nothing
 * @returns NaNs where only one outcome occurs
 * @example calibrationLine(scored) // => { slope: 0.97, intercept: -0.02 }
 */
export function calibrationLine(scored: ScoredOutcomes, near?: Platt): Platt {
  const { all, positives } = totals(scored);
  if (positives === 0 || positives === all) return { slope: NaN, intercept: NaN };
  const logOdds = scored.score.map((p) => logOddsOf(Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, p))));
  return fitLogOddsLine(logOdds, scored.target, scored.weight, near && Number.isFinite(near.slope) ? near : undefined);
}
