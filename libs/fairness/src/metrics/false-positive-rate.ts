import { type Metric } from '../tally.js';

/** Of those who needed no help, the share that the model named all the same. @example 1 named of 10 who passed => 0.1 */
export const falsePositiveRate: Metric = {
  of: (tally) => (tally.selected - tally.truePositives) / (tally.n - tally.positives),
  why: () => 'everyone in the group has the outcome',
};
