import { known, type Statistic, unknown } from '../statistic.js';
import { type Tally } from '../tally.js';

/** By how much, in log-odds, the group's risks are too low on the whole; 0 is right. See `calibrate`. @example perfect risks => 0 */
export function calibrationIntercept(tally: Tally): Statistic {
  if (!tally.scoresAreProbabilities) return unknown('scores are not probabilities');
  const { intercept } = tally.calibration;
  return Number.isFinite(intercept) ? known(intercept) : unknown('the group has only one kind of outcome');
}
