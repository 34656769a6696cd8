import { type GroupRows, NAMED, NEW_BIN, NEW_SCORE, POSITIVE } from './group-rows.js';
import { type Measure } from './statistic.js';

// taken out of Math once: inside a virtual-machine context each look-up of a global costs more than the sum
const { abs } = Math;

/** Weighted sums over one group's rows, from which every metric is a division. Filled again for each resample. */
export interface Tally {
  n: number;
  positives: number;
  selected: number;
  truePositives: number;
  /** Pairs (positive, negative) in which the positive scores higher, ties counted half. */
  orderedPairs: number;
  squaredError: number;
  /** Over bins of the score: how far the sum of risks is from the outcomes, added up. */
  binDistance: number;
  /** See `calibrate`; NaN where there is none. */
  slope: number;
  intercept: number;
  readonly scoresAreProbabilities: boolean;
}

/** How a figure of a group comes from its sums. */
export type Metric = Measure<Tally>;

export const emptyTally = (scoresAreProbabilities: boolean): Tally => ({
  n: 0,
  positives: 0,
  selected: 0,
  truePositives: 0,
  orderedPairs: 0,
  squaredError: 0,
  binDistance: 0,
  slope: Number.NaN,
  intercept: Number.NaN,
  scoresAreProbabilities,
});

/** A metric that means nothing where scores are not probabilities. */
export const ofProbabilities = ({ of, why }: Metric): Metric => ({
  of: (tally) => (tally.scoresAreProbabilities ? of(tally) : Number.NaN),
  why: (tally) => (tally.scoresAreProbabilities ? why(tally) : 'scores are not probabilities'),
});

/**
 * One pass over a group's rows, each counted as often as its person was drawn; all sums but the calibration's. O(rows).
 * Rows that were not drawn are added with weight 0: cheaper than a branch that a third of the rows take at random. Whole numbers are
 * added as such, and `-bit` is a mask of ones, for the same reason.
 *
 * @param weight per person: how often this person counts
 */
export function tallyRows({ kind, error, person }: GroupRows, weight: Int32Array, into: Tally): void {
  let [n, positives, selected, truePositives, orderedPairs, squaredError, binDistance] = [0, 0, 0, 0, 0, 0, 0];
  let [negativesBelow, tiedPositives, tiedNegatives, inBin] = [0, 0, 0, 0];
  for (let row = 0; row < kind.length; row++) {
    const times = weight[person[row]!]!;
    const bits = kind[row]!;
    const positive = times & -(bits & POSITIVE);
    const named = -((bits & NAMED) >> 1);
    const missed = error[row]!;
    const off = times * missed;
    if ((bits & NEW_SCORE) !== 0) {
      orderedPairs += tiedPositives * (negativesBelow + tiedNegatives / 2);
      negativesBelow = (negativesBelow + tiedNegatives) | 0;
      tiedPositives = 0;
      tiedNegatives = 0;
      if ((bits & NEW_BIN) !== 0) {
        binDistance += abs(inBin);
        inBin = 0;
      }
    }
    tiedPositives = (tiedPositives + positive) | 0;
    tiedNegatives = (tiedNegatives + times - positive) | 0;
    n = (n + times) | 0;
    positives = (positives + positive) | 0;
    selected = (selected + (times & named)) | 0;
    truePositives = (truePositives + (positive & named)) | 0;
    squaredError += off * missed;
    inBin += off;
  }
  into.n = n;
  into.positives = positives;
  into.selected = selected;
  into.truePositives = truePositives;
  into.orderedPairs = orderedPairs + tiedPositives * (negativesBelow + tiedNegatives / 2);
  into.squaredError = squaredError;
  into.binDistance = binDistance + abs(inBin);
}
