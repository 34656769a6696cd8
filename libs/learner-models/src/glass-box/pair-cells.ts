/** Ordered bins of one side of a pair, besides the bin for missing: fewer than a feature's own, since cells multiply. */
export const PAIR_BINS = 8;
/** Bins of one side with the one for missing. */
export const SIDE = PAIR_BINS + 1;

/**
 * The coarse bin of each fine bin: neighbouring bins joined so that each holds about an eighth of the rows; bin 0 (missing) stays apart.
 *
 * @param counts rows of each fine bin
 */
export function coarsen(counts: Float64Array): Uint8Array {
  const coarse = new Uint8Array(counts.length);
  const present = counts.subarray(1).reduce((sum, n) => sum + n, 0);
  const fine = counts.length - 1;
  let before = 0;
  for (let bin = 1; bin < counts.length; bin++) {
    const middle = before + counts[bin]! / 2;
    coarse[bin] = fine <= PAIR_BINS ? bin : 1 + Math.min(PAIR_BINS - 1, Math.floor((PAIR_BINS * middle) / Math.max(1, present)));
    before += counts[bin]!;
  }
  return coarse;
}

/** The cell of each row in the table of a pair: first side × 9 + second side. */
export function pairCells(first: Uint8Array, second: Uint8Array, coarseFirst: Uint8Array, coarseSecond: Uint8Array): Uint8Array {
  const cells = new Uint8Array(first.length);
  for (let row = 0; row < cells.length; row++) cells[row] = coarseFirst[first[row]!]! * SIDE + coarseSecond[second[row]!]!;
  return cells;
}
