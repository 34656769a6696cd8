import { type Metric, ofProbabilities } from '../tally.js';

/** Slope of the outcome on the log-odds of the risk: 1 is right, under 1 means risks too extreme. See `calibrate`. @example perfect risks => 1 */
export const calibrationSlope: Metric = ofProbabilities({
  of: (tally) => tally.slope,
  why: () => 'the outcomes of the group do not determine a slope',
});
