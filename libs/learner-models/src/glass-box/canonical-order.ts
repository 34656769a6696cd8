import { type TrainingTable } from '../learner-table.js';
import { mixColumn } from '../person-folds.js';
import { mix32 } from '../random.js';

/**
 * An order of rows that depends on what they hold and not on where they stand, so that the same rows in any order give the same sums,
 * bit for bit. It is as good as random, so its beginning is a sample. O(rows × features + rows log rows).
 */
export function canonicalOrder(table: TrainingTable): Uint32Array {
  const keys = new Uint32Array(table.rows).fill(mix32(table.rows));
  for (const column of table.columns) mixColumn(keys, Float64Array.from(column));
  for (let row = 0; row < table.rows; row++) keys[row] = mix32(keys[row]! ^ (2 * (table.group?.[row] ?? 0) + table.target[row]!));
  // Key and row number share the 53 whole bits of a double: one numeric sort, no comparison function.
  const room = 2 ** Math.ceil(Math.log2(Math.max(2, table.rows)));
  const spare = 2 ** Math.max(0, Math.log2(room) + 32 - 53);
  const sortable = new Float64Array(table.rows);
  for (let row = 0; row < table.rows; row++) sortable[row] = Math.floor(keys[row]! / spare) * room + row;
  sortable.sort();
  return Uint32Array.from(sortable, (value) => value % room);
}
