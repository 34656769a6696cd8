import { type Metric } from '../tally.js';

/** Of those who later needed help, the share that the model missed: the error that costs a learner most. @example 1 missed of 4 => 0.25 */
export const falseNegativeRate: Metric = {
  of: (tally) => (tally.positives - tally.truePositives) / tally.positives,
  why: () => 'no one in the group has the outcome',
};
