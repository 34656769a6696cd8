import { share, type Statistic } from '../statistic.js';
import { type Tally } from '../tally.js';

/** Share of a group that the model named. Needs no outcomes, so it can be read in the first week. @example 3 of 4 => 0.75 */
export const selectionRate = (tally: Tally): Statistic => share(tally.selected, tally.n, 'the group is empty');
