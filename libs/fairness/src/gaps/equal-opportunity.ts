import { type Measure } from '../statistic.js';
import { difference, type GroupEnds, ratio } from './between-groups.js';

/** Highest minus lowest true positive rate (Fairlearn, `equal_opportunity_difference`). 0 is parity. */
export const equalOpportunityDifference: Measure<GroupEnds> = {
  of: (ends) => difference.of(ends.tpr),
  why: (ends) => difference.why(ends.tpr),
};

/** Lowest over highest true positive rate (Fairlearn, `equal_opportunity_ratio`). 1 is parity. */
export const equalOpportunityRatio: Measure<GroupEnds> = { of: (ends) => ratio.of(ends.tpr), why: (ends) => ratio.why(ends.tpr) };
