import { type Measure } from '../statistic.js';

// taken out once: inside a virtual-machine context each look-up of a global costs more than the sum
const { isNaN, NaN: none, POSITIVE_INFINITY: beyond } = Number;

/** Lowest and highest of the groups' rates. A group without the rate (NaN) takes no part. */
export interface Ends {
  lowest: number;
  highest: number;
  counted: number;
}

/** The ends of each rate that a gap is made of; reused between resamples. */
export interface GroupEnds {
  readonly selectionRate: Ends;
  readonly tpr: Ends;
  readonly fpr: Ends;
}

const noEnds = (): Ends => ({ lowest: beyond, highest: -beyond, counted: 0 });
export const noGroupEnds = (): GroupEnds => ({ selectionRate: noEnds(), tpr: noEnds(), fpr: noEnds() });

/**
 * Finds the ends of the rates of groups `from` to before `to`. O(groups).
 *
 * @param judged 1 for a group that takes part; default: all do
 */
export function findEnds(into: Ends, rates: Float64Array, from: number, to: number, judged?: Uint8Array): Ends {
  let [lowest, highest, counted] = [beyond, -beyond, 0];
  for (let group = from; group < to; group++) {
    const rate = rates[group]!;
    if (isNaN(rate) || judged?.[group] === 0) continue;
    if (rate < lowest) lowest = rate;
    if (rate > highest) highest = rate;
    counted++;
  }
  into.lowest = lowest;
  into.highest = highest;
  into.counted = counted;
  return into;
}

/** `findEnds` of all of an array. @example endsOf(Float64Array.of(.2, .5)).highest // => 0.5 */
export const endsOf = (rates: Float64Array): Ends => findEnds(noEnds(), rates, 0, rates.length);

const TOO_FEW = 'fewer than two groups have this rate';

/** Highest minus lowest rate: Fairlearn's `difference(method='between_groups')`. @example .2 and .5 => 0.3 */
export const difference: Measure<Ends> = {
  of: ({ lowest, highest, counted }) => (counted < 2 ? none : highest - lowest),
  why: () => TOO_FEW,
};

/** Lowest over highest rate: Fairlearn's `ratio(method='between_groups')`. @example .2 and .5 => 0.4 */
export const ratio: Measure<Ends> = {
  of: ({ lowest, highest, counted }) => (counted < 2 || highest === 0 ? none : lowest / highest),
  why: ({ counted }) => (counted < 2 ? TOO_FEW : 'the rate is 0 in every group'),
};
