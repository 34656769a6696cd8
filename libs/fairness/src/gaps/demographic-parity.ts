import { type Statistic } from '../statistic.js';
import { difference, type GroupRates, ratio } from './between-groups.js';

/** Highest minus lowest selection rate (Fairlearn, `demographic_parity_difference`). 0 is parity. */
export const demographicParityDifference = (rates: GroupRates): Statistic => difference(rates.selectionRate);

/** Lowest over highest selection rate (Fairlearn, `demographic_parity_ratio`). 1 is parity. */
export const demographicParityRatio = (rates: GroupRates): Statistic => ratio(rates.selectionRate);
