import { type Edge, type Hiding, protect } from './cell-network.js';

/** Counts by cohort and column, where cohorts form a tree (tenant, school, class) and each person is in one leaf and one column. */
export interface CountTable {
  readonly columns: readonly string[];
  /** Parents before their children; the first is the root. Leaves carry counts, one per column; what is above them is their sum. */
  readonly cohorts: readonly { readonly id: string; readonly parent: string | null; readonly counts?: readonly number[] }[];
}

/** What may be shown of a cohort: null is hidden, and does not say whether for its own sake or for another's. */
export interface ShownCohort {
  readonly id: string;
  readonly cells: readonly (number | null)[];
  readonly total: number | null;
}

export interface Cohort {
  readonly id: string;
  readonly parent: number;
  readonly leaf: boolean;
  /** One per column, then the total. */
  readonly counts: number[];
}

export const readCohorts = ({ columns, cohorts }: CountTable): Cohort[] => {
  const index = new Map(cohorts.map(({ id }, place) => [id, place]));
  if (index.size !== cohorts.length) throw new RangeError('two cohorts have the same id');
  const read = cohorts.map(({ id, parent, counts }, place): Cohort => {
    const above = parent === null ? -1 : (index.get(parent) ?? place);
    if (above >= place || (above < 0) !== (place === 0)) throw new RangeError(`cohort ${id}: parents come before their children, and only the first has none`);
    if (counts && (counts.length !== columns.length || counts.some((count) => !(Number.isInteger(count) && count >= 0)))) {
      throw new RangeError(`cohort ${id} needs ${columns.length} counts, whole and not negative`);
    }
    return { id, parent: above, leaf: counts !== undefined, counts: counts ? [...counts, counts.reduce((sum, count) => sum + count, 0)] : new Array<number>(columns.length + 1).fill(0) };
  });
  for (const cohort of [...read].reverse()) {
    const above = read[cohort.parent];
    if (above?.leaf) throw new RangeError(`cohort ${above.id} has counts of its own and cohorts below it`);
    if (above) cohort.counts.forEach((count, column) => (above.counts[column]! += count));
  }
  return read;
};

/** A margin is hidden only when nothing else helps: more is read from it. */
const MARGIN = 1000;

/** Node of a sum: a leaf has one for its row, any other cohort one per column and one for totals; node 0 joins the root's row. */
export const networkOf = (cohorts: readonly Cohort[], columns: number): { edges: Edge[]; nodes: number } => {
  const width = columns + 1;
  const node = (cohort: number, column: number): number => (cohort < 0 ? 0 : 1 + cohort * width + (cohorts[cohort]!.leaf ? 0 : column));
  const edges = cohorts.flatMap(({ parent, leaf, counts }, index) =>
    counts.map((value, column): Edge => {
      const [own, above] = [node(index, column), node(parent, column)];
      const cost = (1 + value) * (leaf && column < columns ? 1 : MARGIN);
      return column < columns ? { from: own, to: above, value, cost } : { from: above, to: own, value, cost };
    }),
  );
  return { edges, nodes: 1 + cohorts.length * width };
};

/**
 * Hides every count under the minimum, and as many others as it takes: from what is still shown, sums of rows, of columns and of nested
 * cohorts included, no reader can work out a hidden count, nor even that it is under the minimum.
 * Cheap counts are hidden first, margins last. O(hidden × minimum × nodes × edges), made for tables of some hundred cells.
 *
 * @param minimum people; the tenant's, usually 10
 * @throws RangeError when the cohorts are no tree or a count is not one
 * @example suppress({ columns: ['yes', 'no'], cohorts: [{ id: 'school', parent: null, counts: [3, 40] }] }, 10)
 */
export function suppress(table: CountTable, minimum = 10): ShownCohort[] {
  const cohorts = readCohorts(table);
  const width = table.columns.length + 1;
  const { edges, nodes } = networkOf(cohorts, table.columns.length);
  const small = edges.map((_, index) => index).filter((index) => edges[index]!.value < minimum);
  const hiding: Hiding = { hidden: new Set(small), pinned: new Set() };
  for (const index of small) protect(edges, hiding, index, minimum - edges[index]!.value, nodes);
  return cohorts.map(({ id, counts }, cohort) => {
    const shown = counts.map((count, column) => (hiding.hidden.has(cohort * width + column) ? null : count));
    return { id, cells: shown.slice(0, -1), total: shown.at(-1) ?? null };
  });
}
