import { type LearnerTable } from './learner-table.js';
import { mix32 } from './random.js';

/**
 * A number per row that does not depend on where the row stands: from the person where there is one, else from the row's own values.
 * Rows that agree in all values get the same number, so twins never straddle a fold.
 */
export function rowKeys(table: LearnerTable, seed: number): Uint32Array {
  const keys = new Uint32Array(table.rows).fill(mix32(seed));
  const { group } = table;
  if (group) return keys.map((key, row) => mix32(key ^ group[row]!));
  for (const column of table.columns) mixColumn(keys, Float64Array.from(column));
  return keys;
}

/** Mixes a column's bits into the keys of its rows. */
export function mixColumn(keys: Uint32Array, column: Float64Array): void {
  const bits = new Uint32Array(column.buffer, column.byteOffset, column.length * 2);
  for (let row = 0; row < keys.length; row++) {
    const value = column[row]!;
    // All NaNs count as the same missing value whatever their bits, and -0 as 0.
    const low = Number.isNaN(value) || value === 0 ? 0 : bits[2 * row]!;
    const high = Number.isNaN(value) ? 1 : value === 0 ? 0 : bits[2 * row + 1]!;
    keys[row] = mix32(mix32(keys[row]! ^ low) ^ high);
  }
}

/**
 * Puts each person in one of `folds` folds, evenly, with the share of outcomes about equal, whatever the order of the rows.
 *
 * @returns the fold of each row
 * @example personFolds(table, 5, 1)[0] // => 3
 */
export function personFolds(table: LearnerTable, folds: number, seed: number): Uint8Array {
  const keys = rowKeys(table, seed);
  const positive = new Map<number, boolean>();
  for (let row = 0; row < table.rows; row++) {
    const key = keys[row]!;
    positive.set(key, (positive.get(key) ?? false) || table.target?.[row] === 1);
  }
  const foldOf = new Map<number, number>();
  for (const stratum of [true, false]) {
    const members = Uint32Array.from([...positive].filter(([, value]) => value === stratum).map(([key]) => key)).sort();
    members.forEach((key, rank) => foldOf.set(key, rank % folds));
  }
  const assigned = new Uint8Array(table.rows);
  for (let row = 0; row < table.rows; row++) assigned[row] = foldOf.get(keys[row]!)!;
  return assigned;
}
