import { SIDE } from './pair-cells.js';

/**
 * Moves what a pair's table says about one side alone into that feature's own table, so that the pair keeps only what needs both
 * (functional ANOVA; Lengerich et al. 2020). The sum of all terms does not change.
 *
 * @param table 81 cells, changed in place
 * @param weight training rows of each cell
 * @param first the first feature's table over fine bins, changed in place; likewise `second`
 */
export function purifyPair(
  table: Float64Array,
  weight: Float64Array,
  first: { readonly table: Float64Array; readonly coarse: Uint8Array },
  second: { readonly table: Float64Array; readonly coarse: Uint8Array },
): void {
  for (let pass = 0; pass < 50; pass++) {
    const moved = moveMargin(table, weight, first, (side, other) => side * SIDE + other);
    if (moved + moveMargin(table, weight, second, (side, other) => other * SIDE + side) < 1e-10) return;
  }
}

function moveMargin(
  table: Float64Array,
  weight: Float64Array,
  own: { readonly table: Float64Array; readonly coarse: Uint8Array },
  cell: (side: number, other: number) => number,
): number {
  let largest = 0;
  for (let side = 0; side < SIDE; side++) {
    let rows = 0;
    let sum = 0;
    for (let other = 0; other < SIDE; other++) {
      rows += weight[cell(side, other)]!;
      sum += weight[cell(side, other)]! * table[cell(side, other)]!;
    }
    if (rows === 0) continue;
    const mean = sum / rows;
    largest = Math.max(largest, Math.abs(mean));
    for (let other = 0; other < SIDE; other++) table[cell(side, other)]! -= mean;
    own.coarse.forEach((coarse, bin) => {
      if (coarse === side) own.table[bin]! += mean;
    });
  }
  return largest;
}
