import { type Column } from '../learner-table.js';

/** The bin of a missing value; present values have bins from 1 on. */
export const MISSING_BIN = 0;

/** Values that are sorted to find the cuts; more would move a quantile by less than a bin's width. */
const SAMPLE = 200_000;

/**
 * Cut points between bins of about equal weight of rows, half-way between neighbouring values. Few distinct values get a bin each.
 *
 * @param order rows to read, a random order: its beginning serves as a sample
 * @param bins most bins
 * @returns rising cuts; value v has bin 1 + (number of cuts below v)
 * @example quantileCuts(Float64Array.of(1, 2, 2, 3), Uint32Array.of(0, 1, 2, 3), 8) // => [1.5, 2.5]
 */
export function quantileCuts(column: Column, order: Uint32Array, bins: number): Float64Array {
  const sample = new Float64Array(Math.min(SAMPLE, order.length));
  let present = 0;
  for (let at = 0; at < sample.length; at++) {
    const value = column[order[at]!]!;
    if (value === value) sample[present++] = value;
  }
  const sorted = sample.subarray(0, present).sort();
  const cuts: number[] = [];
  let distinct = 0;
  for (let at = 1; at < present; at++) if (sorted[at] !== sorted[at - 1]) distinct++;
  if (distinct < bins) {
    for (let at = 1; at < present; at++) if (sorted[at] !== sorted[at - 1]) cuts.push(between(sorted[at - 1]!, sorted[at]!));
    return Float64Array.from(cuts);
  }
  for (let bin = 1; bin < bins; bin++) {
    let at = Math.round((present * bin) / bins);
    while (at < present && sorted[at] === sorted[at - 1]) at++;
    if (at >= present) break;
    const cut = between(sorted[at - 1]!, sorted[at]!);
    if (cuts.length === 0 || cut > cuts.at(-1)!) cuts.push(cut);
  }
  return Float64Array.from(cuts);
}

function between(low: number, high: number): number {
  const middle = low + (high - low) / 2;
  // Rounding must not put the upper value below the cut.
  return middle < high ? middle : low;
}

/**
 * Bins of the values of rows `order[0]`, `order[1]`, … or of rows `from`, `from + 1`, … where no order is given. O(rows × log bins).
 *
 * @param into filled from its beginning to its end
 */
export function fillBins(column: Column, cuts: Float64Array, into: Uint8Array, from: number, order?: Uint32Array): void {
  const count = cuts.length;
  for (let at = 0; at < into.length; at++) {
    const value = column[order ? order[from + at]! : from + at]!;
    if (value !== value) {
      into[at] = MISSING_BIN;
      continue;
    }
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (value > cuts[middle]!) low = middle + 1;
      else high = middle;
    }
    into[at] = low + 1;
  }
}
