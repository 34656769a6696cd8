import { bestPairCut } from './pair-update.js';
import { pairCells, SIDE } from './pair-cells.js';

/** Rows that are enough to rank pairs by. */
const SCREEN_ROWS = 50_000;

/**
 * The pairs that explain most of what the single features leave over. O(pairs × rows), on at most 50,000 rows.
 *
 * @param bins fine bins per feature, in random order of rows
 * @param coarse the coarse bin of each fine bin, per feature; undefined for features that may not be paired
 * @param gradient and curvature of the loss at the model of single features
 * @returns at most `most` pairs, the best first
 */
export function screenPairs(
  bins: readonly Uint8Array[],
  coarse: readonly (Uint8Array | undefined)[],
  gradient: Float64Array,
  curvature: Float64Array,
  leafPenalty: number,
  most: number,
): [number, number][] {
  if (most === 0) return [];
  const rows = Math.min(SCREEN_ROWS, gradient.length);
  const found: { gain: number; pair: [number, number] }[] = [];
  for (let first = 0; first < bins.length; first++) {
    for (let second = first + 1; second < bins.length; second++) {
      const a = coarse[first];
      const b = coarse[second];
      if (!a || !b) continue;
      const cells = pairCells(bins[first]!.subarray(0, rows), bins[second]!.subarray(0, rows), a, b);
      const sums = new Float64Array(2 * SIDE * SIDE);
      for (let row = 0; row < rows; row++) {
        sums[2 * cells[row]!]! += gradient[row]!;
        sums[2 * cells[row]! + 1]! += curvature[row]!;
      }
      const { gain } = bestPairCut(sums, leafPenalty);
      if (gain > 0) found.push({ gain, pair: [first, second] });
    }
  }
  return found
    .sort((x, y) => y.gain - x.gain || x.pair[0] - y.pair[0] || x.pair[1] - y.pair[1])
    .slice(0, most)
    .map(({ pair }) => pair);
}
