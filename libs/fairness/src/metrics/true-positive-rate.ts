import { share, type Statistic } from '../statistic.js';
import { type Tally } from '../tally.js';

/** Of those who later needed help, the share that the model named (recall). @example 2 named of 4 who failed => 0.5 */
export const truePositiveRate = (tally: Tally): Statistic => share(tally.truePositives, tally.positives, 'no one in the group has the outcome');
