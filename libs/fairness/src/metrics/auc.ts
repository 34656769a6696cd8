import { type Metric } from '../tally.js';

/** Chance that a learner who needed help scores above one who did not, ties counted half (Mann and Whitney 1947). @example all in order => 1 */
export const auc: Metric = {
  of: (tally) => tally.orderedPairs / (tally.positives * (tally.n - tally.positives)),
  why: () => 'the group has only one kind of outcome',
};
