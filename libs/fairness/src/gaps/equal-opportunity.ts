import { type Statistic } from '../statistic.js';
import { difference, type GroupRates, ratio } from './between-groups.js';

/** Highest minus lowest true positive rate (Fairlearn, `equal_opportunity_difference`). 0 is parity. */
export const equalOpportunityDifference = (rates: GroupRates): Statistic => difference(rates.tpr);

/** Lowest over highest true positive rate (Fairlearn, `equal_opportunity_ratio`). 1 is parity. */
export const equalOpportunityRatio = (rates: GroupRates): Statistic => ratio(rates.tpr);
