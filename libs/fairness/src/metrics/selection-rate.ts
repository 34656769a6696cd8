import { type Metric } from '../tally.js';

/** Share of a group that the model named. Needs no outcomes, so it can be read in the first week. @example 3 of 4 => 0.75 */
export const selectionRate: Metric = { of: (tally) => tally.selected / tally.n, why: () => 'the group is empty' };
