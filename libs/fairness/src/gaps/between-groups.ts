import { known, type Statistic, unknown } from '../statistic.js';

// taken out once: inside a virtual-machine context each look-up of a global costs more than the sum
const { max, min } = Math;
const { isNaN, POSITIVE_INFINITY: beyond } = Number;

/** Each judged group's rates; NaN where a group has none. Such a group takes no part in a gap. */
export interface GroupRates {
  readonly selectionRate: Float64Array;
  readonly tpr: Float64Array;
  readonly fpr: Float64Array;
}

const ends = (rates: Float64Array): { lowest: number; highest: number; counted: number } => {
  let [lowest, highest, counted] = [beyond, -beyond, 0];
  for (const rate of rates) {
    if (isNaN(rate)) continue;
    lowest = min(lowest, rate);
    highest = max(highest, rate);
    counted++;
  }
  return { lowest, highest, counted };
};

const TOO_FEW = 'fewer than two groups have this rate';

/** Highest minus lowest rate: Fairlearn's `difference(method='between_groups')`. @example [.2, .5] => 0.3 */
export function difference(rates: Float64Array): Statistic {
  const { lowest, highest, counted } = ends(rates);
  return counted < 2 ? unknown(TOO_FEW) : known(highest - lowest);
}

/** Lowest over highest rate: Fairlearn's `ratio(method='between_groups')`. @example [.2, .5] => 0.4 */
export function ratio(rates: Float64Array): Statistic {
  const { lowest, highest, counted } = ends(rates);
  if (counted < 2) return unknown(TOO_FEW);
  return highest === 0 ? unknown('the rate is 0 in every group') : known(lowest / highest);
}
