import { type Grouping } from './grouping.js';
import { type Sample } from './sample.js';

/** Number of equal-width bins of the calibration error. */
export const BINS = 10;

/** Bits of a row's kind: what the tally asks of it, in one number that is quick to look at. */
export const POSITIVE = 1;
export const NAMED = 2;
/** The score differs from that of the row before. */
export const NEW_SCORE = 4;
/** The bin differs from that of the row before. */
export const NEW_BIN = 8;

/** The rows of one group in rising order of score, so that one pass gives the AUC. */
export interface GroupRows {
  readonly label: Uint8Array;
  /** Sum of the bits above. */
  readonly kind: Uint8Array;
  /** Score minus label. */
  readonly error: Float64Array;
  /** Log-odds of the score, kept away from the infinities. */
  readonly logit: Float64Array;
  readonly person: Int32Array;
}

/** A score of 0 or 1 has no finite log-odds; it is read as this far from the end. */
const NEAREST = 1e-6;

// taken out of Math once: inside a virtual-machine context each look-up of a global costs more than the sum
const { floor, log, max, min } = Math;

const logOdds = (score: number): number => {
  const inside = min(1 - NEAREST, max(NEAREST, score));
  return log(inside / (1 - inside));
};

const binOf = (score: number): number => min(BINS - 1, max(0, floor(score * BINS)));

/** A sample in rising order of score, sorted once for all groupings. */
export interface OrderedSample {
  /** Row numbers. */
  readonly order: Int32Array;
  readonly logit: Float64Array;
}

/** Puts the rows in rising order of score. O(n log n). */
export function byScore({ n, score }: Sample): OrderedSample {
  const order = Int32Array.from({ length: n }, (_, row) => row).sort((a, b) => score[a]! - score[b]! || a - b);
  return { order, logit: score.map(logOdds) };
}

/** Splits the sample by group, keeping the order of score. O(n). */
export function splitRows({ label, flagged, score, person }: Sample, grouping: Grouping, { order, logit }: OrderedSample): GroupRows[] {
  const sizes = new Int32Array(grouping.names.length);
  for (const group of grouping.code) sizes[group]! += 1;
  const groups = Array.from(sizes, (size): GroupRows => ({
    label: new Uint8Array(size),
    kind: new Uint8Array(size),
    error: new Float64Array(size),
    logit: new Float64Array(size),
    person: new Int32Array(size),
  }));
  const filled = new Int32Array(groups.length);
  const last = new Int32Array(groups.length);
  for (const row of order) {
    const group = grouping.code[row]!;
    const rows = groups[group]!;
    const at = filled[group]!++;
    const before = last[group]!;
    last[group] = row;
    const [own, previous] = [score[row]!, at === 0 ? Number.NaN : score[before]!];
    rows.label[at] = label[row]!;
    rows.kind[at] =
      (label[row] === 1 ? POSITIVE : 0) |
      (flagged[row] === 1 ? NAMED : 0) |
      (own === previous ? 0 : NEW_SCORE) |
      (binOf(own) === binOf(previous) ? 0 : NEW_BIN);
    rows.error[at] = own - label[row]!;
    rows.logit[at] = logit[row]!;
    rows.person[at] = person[row]!;
  }
  return groups;
}
