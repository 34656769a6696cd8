import { type TrainingTable } from '../learner-table.js';
import { personFolds, rowKeys } from '../person-folds.js';
import { canonicalOrder } from './canonical-order.js';
import { fillBins, quantileCuts } from './quantile-bins.js';
import { type GlassBoxSettings } from './settings.js';

/** The training rows in canonical order, each value replaced by its bin. */
export interface BinnedTable {
  readonly rows: number;
  readonly cuts: readonly Float64Array[];
  /** Per feature the bin of each row: 0 missing, then 1 to cuts + 1. */
  readonly bins: readonly Uint8Array[];
  /** Per feature the rows of each bin. */
  readonly counts: readonly Float64Array[];
  readonly target: Uint8Array;
  readonly weight: Float64Array | undefined;
  /** The bag that each row is held out of. */
  readonly fold: Uint8Array;
  /** A number per person, evenly spread, by which large tables are sampled. */
  readonly draw: Uint32Array;
}

/** Bins a table. O(rows × features × log bins). */
export function binTable(table: TrainingTable, { bins, bags, seed }: GlassBoxSettings): BinnedTable {
  const order = canonicalOrder(table);
  const cuts = table.columns.map((column) => quantileCuts(column, order, bins));
  const binned = table.columns.map((column, feature) => {
    const into = new Uint8Array(table.rows);
    fillBins(column, cuts[feature]!, into, 0, order);
    return into;
  });
  const fold = personFolds(table, bags, seed);
  const draw = rowKeys(table, seed ^ 0xbac5);
  return {
    rows: table.rows,
    cuts,
    bins: binned,
    counts: binned.map((column, feature) => countCells(column, cuts[feature]!.length + 2)),
    target: Uint8Array.from(order, (row) => table.target[row]!),
    weight: table.weight && Float64Array.from(order, (row) => table.weight![row]!),
    fold: Uint8Array.from(order, (row) => fold[row]!),
    draw: Uint32Array.from(order, (row) => draw[row]!),
  };
}

/** Rows in each of `size` cells. */
export function countCells(cells: Uint8Array, size: number): Float64Array {
  const counts = new Float64Array(size);
  for (let row = 0; row < cells.length; row++) counts[cells[row]!]!++;
  return counts;
}

/** The values of the chosen rows. */
export function gather(cells: Uint8Array, rows: Uint32Array): Uint8Array {
  const gathered = new Uint8Array(rows.length);
  for (let at = 0; at < rows.length; at++) gathered[at] = cells[rows[at]!]!;
  return gathered;
}
