import { type Measure } from '../statistic.js';
import { difference, type GroupEnds, ratio } from './between-groups.js';

/** Highest minus lowest selection rate (Fairlearn, `demographic_parity_difference`). 0 is parity. */
export const demographicParityDifference: Measure<GroupEnds> = {
  of: (ends) => difference.of(ends.selectionRate),
  why: (ends) => difference.why(ends.selectionRate),
};

/** Lowest over highest selection rate (Fairlearn, `demographic_parity_ratio`). 1 is parity. */
export const demographicParityRatio: Measure<GroupEnds> = {
  of: (ends) => ratio.of(ends.selectionRate),
  why: (ends) => ratio.why(ends.selectionRate),
};
