import { type Measure } from '../statistic.js';
import { difference, type Ends, type GroupEnds, ratio } from './between-groups.js';

const { max, min } = Math;

/** Both rates are needed; the reason is that of the first that is missing. */
const worst = (measure: Measure<Ends>, pick: (a: number, b: number) => number): Measure<GroupEnds> => ({
  of: ({ tpr, fpr }) => pick(measure.of(tpr), measure.of(fpr)),
  why: ({ tpr, fpr }) => measure.why(Number.isNaN(measure.of(tpr)) ? tpr : fpr),
});

/** The greater of the gaps in true and in false positive rate (Fairlearn, `equalized_odds_difference`, worst case). 0 is parity. */
export const equalizedOddsDifference: Measure<GroupEnds> = worst(difference, max);

/** The smaller of the ratios of true and of false positive rates (Fairlearn, `equalized_odds_ratio`, worst case). 1 is parity. */
export const equalizedOddsRatio: Measure<GroupEnds> = worst(ratio, min);
