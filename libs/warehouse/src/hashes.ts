import { type Engine } from './engine/engine.js';
import { storedTables } from './tables/tables.js';
import { rowsOf } from './tenant-warehouse.js';
import { type TableHash } from './warehouse.js';

/** Rows of zeros stand for what was there and is no more: whether it ever was is not part of what the log says. */
const standing: Readonly<Record<string, string>> = {
  activity_days: 'WHERE events > 0',
  activity_weeks: 'WHERE weeks != 0',
  masteries: 'WHERE evidence > 0',
};

/**
 * Count and hash of the logical rows of each table, whatever order and parts they lie in: the sum (mod 2^64) of a hash per
 * row after duplicates are dropped. Rows are hashed as text, because a null would make the hash of a tuple null.
 */
export async function hashes(engine: Engine): Promise<readonly TableHash[]> {
  const found: TableHash[] = [];
  for (const table of storedTables) {
    const only = standing[table] ?? '';
    const text = `SELECT count() AS rows, toString(sum(cityHash64(formatRow('TabSeparated', *)))) AS hash FROM ${table} FINAL ${only}`;
    const [row] = rowsOf(await engine.read({ text, params: {} }, 'JSONEachRow'));
    found.push({ table, rows: Number(row!.rows), hash: String(row!.hash) });
  }
  return found;
}
