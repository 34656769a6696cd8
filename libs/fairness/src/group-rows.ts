import { type Grouping } from './grouping.js';
import { type Sample } from './sample.js';

/** Number of equal-width bins of the calibration error. */
export const BINS = 10;

/** The rows of one group in rising order of score, so that one pass gives the AUC. */
export interface GroupRows {
  readonly label: Uint8Array;
  readonly flagged: Uint8Array;
  readonly score: Float64Array;
  /** Log-odds of the score, kept away from the infinities. */
  readonly logit: Float64Array;
  readonly bin: Uint8Array;
  readonly person: Int32Array;
  readonly scoresAreProbabilities: boolean;
}

/** A score of 0 or 1 has no finite log-odds; it is read as this far from the end. */
const NEAREST = 1e-6;

const logOdds = (score: number): number => {
  const inside = Math.min(1 - NEAREST, Math.max(NEAREST, score));
  return Math.log(inside / (1 - inside));
};

const binOf = (score: number): number => Math.min(BINS - 1, Math.max(0, Math.floor(score * BINS)));

/** Row numbers in rising order of score; sorted once for all attributes. O(n log n). */
export const byScore = (sample: Sample): Int32Array =>
  Int32Array.from({ length: sample.n }, (_, row) => row).sort((a, b) => sample.score[a]! - sample.score[b]! || a - b);

/** Splits the sample by group, keeping the order of score. O(n). */
export function splitRows(sample: Sample, grouping: Grouping, order: Int32Array): GroupRows[] {
  const members = grouping.names.map((): number[] => []);
  for (const row of order) members[grouping.code[row]!]!.push(row);
  return members.map((rows) => ({
    label: Uint8Array.from(rows, (row) => sample.label[row]!),
    flagged: Uint8Array.from(rows, (row) => sample.flagged[row]!),
    score: Float64Array.from(rows, (row) => sample.score[row]!),
    logit: Float64Array.from(rows, (row) => logOdds(sample.score[row]!)),
    bin: Uint8Array.from(rows, (row) => binOf(sample.score[row]!)),
    person: Int32Array.from(rows, (row) => sample.person[row]!),
    scoresAreProbabilities: sample.scoresAreProbabilities,
  }));
}
