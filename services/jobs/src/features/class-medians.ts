import { type FeatureRows } from './feature-rows.js';

/** Median of each feature among the classmates of a class who have a value; null where nobody has. */
export type ClassMedians = ReadonlyMap<string, readonly (number | null)[]>;

/**
 * What is usual in each class on that day: the reference beside every value that a person reads. O(rows × features).
 *
 * @example classMedians(rows).get('AAA-2014J')?.[0] // => 42
 */
export function classMedians({ keys, table }: FeatureRows): ClassMedians {
  const rowsOf = new Map<string, number[]>();
  keys.forEach((key, row) => {
    const rows = rowsOf.get(key.class);
    if (rows) rows.push(row);
    else rowsOf.set(key.class, [row]);
  });
  return new Map([...rowsOf].map(([name, rows]) => [name, table.columns.map((column) => median(rows.map((row) => column[row]!)))]));
}

function median(values: readonly number[]): number | null {
  const known = Float64Array.from(values.filter((value) => !Number.isNaN(value))).sort();
  if (known.length === 0) return null;
  const middle = known.length >> 1;
  return known.length % 2 === 1 ? known[middle]! : (known[middle - 1]! + known[middle]!) / 2;
}
