import { share, type Statistic } from '../statistic.js';
import { type Tally } from '../tally.js';

/** Of those the model named, the share that later needed help (PPV). @example 9 of 10 named => 0.9 */
export const precision = (tally: Tally): Statistic => share(tally.truePositives, tally.selected, 'no one in the group is named');
