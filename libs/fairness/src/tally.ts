import { type Calibration } from './calibrate.js';
import { BINS, type GroupRows } from './group-rows.js';

/** Weighted sums over one group's rows, from which every metric is a division. */
export interface Tally {
  n: number;
  positives: number;
  selected: number;
  truePositives: number;
  /** Pairs (positive, negative) in which the positive scores higher, ties counted half. */
  orderedPairs: number;
  squaredError: number;
  readonly binSize: Float64Array;
  readonly binScore: Float64Array;
  readonly binLabel: Float64Array;
  readonly calibration: Calibration;
  readonly scoresAreProbabilities: boolean;
}

const emptyTally = (scoresAreProbabilities: boolean, calibration: Calibration): Tally => ({
  n: 0,
  positives: 0,
  selected: 0,
  truePositives: 0,
  orderedPairs: 0,
  squaredError: 0,
  binSize: new Float64Array(BINS),
  binScore: new Float64Array(BINS),
  binLabel: new Float64Array(BINS),
  calibration,
  scoresAreProbabilities,
});

/**
 * One pass over a group's rows, each counted as often as its person was drawn. O(rows).
 *
 * @param weight per person: how often this person counts
 * @param calibration of these rows so weighted, see `calibrate`
 */
export function tallyRows(rows: GroupRows, weight: Float64Array, calibration: Calibration): Tally {
  const tally = emptyTally(rows.scoresAreProbabilities, calibration);
  const { label, flagged, score, person, bin } = rows;
  let negativesBelow = 0;
  let tiedPositives = 0;
  let tiedNegatives = 0;
  let current = Number.NaN;
  for (let row = 0; row < label.length; row++) {
    const times = weight[person[row]!]!;
    if (times === 0) continue;
    const value = score[row]!;
    if (value !== current) {
      tally.orderedPairs += tiedPositives * (negativesBelow + tiedNegatives / 2);
      negativesBelow += tiedNegatives;
      tiedPositives = tiedNegatives = 0;
      current = value;
    }
    const outcome = label[row]!;
    const positive = times * outcome;
    tiedPositives += positive;
    tiedNegatives += times - positive;
    tally.n += times;
    tally.positives += positive;
    tally.selected += times * flagged[row]!;
    tally.truePositives += positive * flagged[row]!;
    tally.squaredError += times * (value - outcome) * (value - outcome);
    const bucket = bin[row]!;
    tally.binSize[bucket]! += times;
    tally.binScore[bucket]! += times * value;
    tally.binLabel[bucket]! += positive;
  }
  tally.orderedPairs += tiedPositives * (negativesBelow + tiedNegatives / 2);
  return tally;
}
