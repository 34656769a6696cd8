import { type Metric } from '../tally.js';

/** Of those who later needed help, the share that the model named (recall). @example 2 named of 4 who failed => 0.5 */
export const truePositiveRate: Metric = {
  of: (tally) => tally.truePositives / tally.positives,
  why: () => 'no one in the group has the outcome',
};
