import { type Metric } from '../tally.js';

/** Of those the model named, the share that later needed help (PPV). @example 9 of 10 named => 0.9 */
export const precision: Metric = { of: (tally) => tally.truePositives / tally.selected, why: () => 'no one in the group is named' };
