import { share, type Statistic } from '../statistic.js';
import { type Tally } from '../tally.js';

/** Share of a group that later needed help. Differs between groups without any fault of the model. @example 3 of 4 => 0.75 */
export const baseRate = (tally: Tally): Statistic => share(tally.positives, tally.n, 'the group is empty');
