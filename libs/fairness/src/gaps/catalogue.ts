import { type Measure } from '../statistic.js';
import { type GroupEnds } from './between-groups.js';
import { demographicParityDifference, demographicParityRatio } from './demographic-parity.js';
import { equalOpportunityDifference, equalOpportunityRatio } from './equal-opportunity.js';
import { equalizedOddsDifference, equalizedOddsRatio } from './equalized-odds.js';

/** Every gap between the groups of an attribute, by the name it has in the report. */
export const gaps = {
  demographicParityDifference,
  demographicParityRatio,
  equalOpportunityDifference,
  equalOpportunityRatio,
  equalizedOddsDifference,
  equalizedOddsRatio,
} satisfies Record<string, Measure<GroupEnds>>;

export type GapName = keyof typeof gaps;
export const gapNames = Object.keys(gaps) as GapName[];
