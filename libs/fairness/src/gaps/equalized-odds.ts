import { known, type Statistic } from '../statistic.js';
import { difference, type GroupRates, ratio } from './between-groups.js';

const worst = (one: Statistic, other: Statistic, pick: (a: number, b: number) => number): Statistic => {
  if (one.value === null) return one;
  if (other.value === null) return other;
  return known(pick(one.value, other.value));
};

/** The greater of the gaps in true and in false positive rate (Fairlearn, `equalized_odds_difference`, worst case). 0 is parity. */
export const equalizedOddsDifference = (rates: GroupRates): Statistic => worst(difference(rates.tpr), difference(rates.fpr), Math.max);

/** The smaller of the ratios of true and of false positive rates (Fairlearn, `equalized_odds_ratio`, worst case). 1 is parity. */
export const equalizedOddsRatio = (rates: GroupRates): Statistic => worst(ratio(rates.tpr), ratio(rates.fpr), Math.min);
