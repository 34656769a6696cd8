import { type Metric, ofProbabilities } from '../tally.js';

/** By how much, in log-odds, the group's risks are too low on the whole; 0 is right. See `calibrate`. @example perfect risks => 0 */
export const calibrationIntercept: Metric = ofProbabilities({
  of: (tally) => tally.intercept,
  why: () => 'the group has only one kind of outcome',
});
