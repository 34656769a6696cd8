import { share, type Statistic } from '../statistic.js';
import { type Tally } from '../tally.js';

/** Chance that a learner who needed help scores above one who did not, ties counted half (Mann and Whitney 1947). @example all in order => 1 */
export const auc = (tally: Tally): Statistic =>
  share(tally.orderedPairs, tally.positives * (tally.n - tally.positives), 'the group has only one kind of outcome');
