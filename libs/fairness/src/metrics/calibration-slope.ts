import { known, type Statistic, unknown } from '../statistic.js';
import { type Tally } from '../tally.js';

/** Slope of the outcome on the log-odds of the risk: 1 is right, under 1 means risks too extreme. See `calibrate`. @example perfect risks => 1 */
export function calibrationSlope(tally: Tally): Statistic {
  if (!tally.scoresAreProbabilities) return unknown('scores are not probabilities');
  const { slope } = tally.calibration;
  return Number.isFinite(slope) ? known(slope) : unknown('the outcomes of the group do not determine a slope');
}
