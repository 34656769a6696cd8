import { type Metric } from '../tally.js';

/** Share of a group that later needed help. Differs between groups without any fault of the model. @example 3 of 4 => 0.75 */
export const baseRate: Metric = { of: (tally) => tally.positives / tally.n, why: () => 'the group is empty' };
