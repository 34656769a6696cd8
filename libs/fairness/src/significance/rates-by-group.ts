import { type Grouping } from '../grouping.js';

/** The groups of several groupings in one row of numbers: those of the first, then those of the second, and so on. */
export interface GroupLine {
  /** Where the groups of each grouping begin; one more entry than groupings. */
  readonly begins: Int32Array;
  readonly groups: number;
  readonly judged: Uint8Array;
}

/** Lines the groups of all groupings up. */
export function lineUp(groupings: readonly Grouping[]): GroupLine {
  const begins = new Int32Array(groupings.length + 1);
  groupings.forEach(({ names }, index) => (begins[index + 1] = begins[index]! + names.length));
  return { begins, groups: begins.at(-1)!, judged: Uint8Array.from(groupings.flatMap(({ judged }) => judged.map(Number))) };
}

/**
 * Rows that are alike in all groupings are one cell. What is counted by cell is handed on to the groups of all groupings at once,
 * so that a row is looked at once and not once for each grouping.
 */
export interface Cells {
  /** Cell of each row. */
  readonly ofRow: Int32Array;
  readonly cells: number;
  /** Place in line of every group of a cell, cell after cell. */
  readonly places: Int32Array;
  readonly groupings: number;
}

/** Finds the cells. O(rows × groupings). */
export function cellsOf(groupings: readonly Grouping[], { begins }: GroupLine, rows: number): Cells {
  const ofRow = new Int32Array(rows);
  // by one grouping after another: cells so far, each split by the next grouping's groups
  let firsts: number[] = rows === 0 ? [] : [0];
  for (const { code, names } of groupings) {
    const split = new Map<number, number>();
    firsts = [];
    for (let row = 0; row < rows; row++) {
      const key = ofRow[row]! * names.length + code[row]!;
      let cell = split.get(key);
      if (cell === undefined) {
        cell = firsts.push(row) - 1;
        split.set(key, cell);
      }
      ofRow[row] = cell;
    }
  }
  const places = firsts.flatMap((row) => groupings.map(({ code }, index) => begins[index]! + code[row]!));
  return { ofRow, cells: firsts.length, places: Int32Array.from(places), groupings: groupings.length };
}

/** Adds counts of cells up to counts of groups. O(cells × groupings). */
export function addUp({ places, groupings }: Cells, counts: Float64Array, into: Float64Array): void {
  into.fill(0);
  for (let cell = 0, at = 0; cell < counts.length; cell++) {
    const count = counts[cell]!;
    if (count === 0) {
      at += groupings;
      continue;
    }
    for (const end = at + groupings; at < end; at++) into[places[at]!]! += count;
  }
}

/** Sizes and hits of each group, with each group's rate and its distance from the rest. Filled again for each permutation. */
export interface RatesByGroup {
  readonly size: Float64Array;
  readonly hits: Float64Array;
  /** NaN for an empty group. */
  readonly rate: Float64Array;
  /** The group's rate minus the rate of everyone else; NaN where either is empty. */
  readonly fromRest: Float64Array;
}

export const emptyRates = (groups: number): RatesByGroup => ({
  size: new Float64Array(groups),
  hits: new Float64Array(groups),
  rate: new Float64Array(groups),
  fromRest: new Float64Array(groups),
});

/** Works the rates out from sizes and hits. O(groups). */
export function divide({ size, hits, rate, fromRest }: RatesByGroup, rows: number, allHits: number): void {
  for (let group = 0; group < size.length; group++) {
    rate[group] = hits[group]! / size[group]!;
    fromRest[group] = rate[group]! - (allHits - hits[group]!) / (rows - size[group]!);
  }
}
