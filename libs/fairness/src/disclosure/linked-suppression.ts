import { type Edge, type Hiding, protect } from './cell-network.js';
import { type Cohort, type CountTable, networkOf, readCohorts } from './suppression.js';
import { type Sum, workedOut } from './worked-out.js';

/** Per cohort whether each column, and last the total, is hidden. */
export type Pattern = ReadonlyMap<string, readonly boolean[]>;

/** The same as far as it is decided. */
export type Decided = ReadonlyMap<string, readonly (boolean | undefined)[]>;

interface Linked {
  readonly cohorts: readonly Cohort[];
  readonly edges: readonly Edge[];
  readonly nodes: number;
  /** Columns and the total. */
  readonly width: number;
  readonly hiding: Hiding;
  /** Edges that need no more protection here: done, or hidden here for another's sake. */
  readonly settled: Set<number>;
}

/**
 * One pattern for several tables that hold the same numbers: a class stands under its school and under its course, a crossed cell under
 * its cohort and under its value. A cohort is the same in all tables by its id, and hidden in all where it is hidden in one. What one table
 * hides for another number's sake must not be worked out from another table either, so it is protected there in both directions.
 *
 * @param decided what was shown or hidden in answers that do not depend on these tables: it stays so
 * @throws RangeError for what is no tree of counts, and for tables with different columns
 * @example suppressLinked([bySchool, byCourse], 10).get('algebra') // => [true, false, false]
 */
export function suppressLinked(tables: readonly CountTable[], minimum = 10, decided: Decided = new Map()): Pattern {
  if (new Set(tables.map(({ columns }) => columns.join('\n'))).size > 1) throw new RangeError('linked tables have the same columns');
  const hidden = new Map<string, boolean[]>();
  const linked = tables.map((table): Linked => {
    const cohorts = readCohorts(table);
    const width = table.columns.length + 1;
    const { edges, nodes } = networkOf(cohorts, table.columns.length);
    const pinned = cohorts.flatMap(({ id }, place) =>
      (decided.get(id) ?? []).flatMap((was, column) => (was === false ? [place * width + column] : [])),
    );
    for (const { id, counts } of cohorts) {
      const own = hidden.get(id) ?? new Array<boolean>(width).fill(false);
      const before = decided.get(id);
      counts.forEach((count, column) => (own[column] ||= before?.[column] ?? count < minimum));
      hidden.set(id, own);
    }
    return { cohorts, edges, nodes, width, hiding: { hidden: new Set(), pinned: new Set(pinned) }, settled: new Set() };
  });
  const sums = linked.flatMap(sumsOf);
  do {
    for (let grew = true; grew;) {
      grew = false;
      for (const table of linked) grew = settle(table, hidden, minimum) || grew;
    }
  } while (hideBeside(linked, hidden, sums));
  return hidden;
}

const cellOf = ({ cohorts, width }: Linked, edge: number): string => `${edge % width}\n${cohorts[Math.floor(edge / width)]!.id}`;

/** What comes in at a node goes out: the sums of a table. */
function sumsOf(table: Linked): Sum[] {
  const sums = Array.from({ length: table.nodes }, () => new Map<string, number>());
  table.edges.forEach(({ from, to }, edge) => {
    const cell = cellOf(table, edge);
    sums[from]!.set(cell, (sums[from]!.get(cell) ?? 0) + 1);
    sums[to]!.set(cell, (sums[to]!.get(cell) ?? 0) - 1);
  });
  return sums;
}

/** Tables that are safe one by one can give a number away together: then the cheapest number in a sum with it is hidden too. */
function hideBeside(linked: readonly Linked[], hidden: ReadonlyMap<string, boolean[]>, sums: readonly Sum[]): boolean {
  const all = new Set<string>();
  for (const [id, columns] of hidden) columns.forEach((is, column) => is && all.add(`${column}\n${id}`));
  const given = new Set(workedOut(sums, all));
  if (given.size === 0) return false;
  const free = linked.map(({ edges, hiding }) =>
    [...edges.keys()]
      .filter((edge) => !hiding.hidden.has(edge) && !hiding.pinned.has(edge))
      .sort((a, b) => edges[a]!.cost - edges[b]!.cost),
  );
  let grew = false;
  const hide = ({ cohorts, width }: Linked, edge: number | undefined): void => {
    if (edge === undefined) return;
    hidden.get(cohorts[Math.floor(edge / width)]!.id)![edge % width] = true;
    grew = true;
  };
  linked.forEach((table, index) => {
    const { edges, width } = table;
    const open = free[index]!;
    edges.forEach(({ from, to }, edge) => {
      if (!given.has(cellOf(table, edge))) return;
      const near = open.find((other) => [edges[other]!.from, edges[other]!.to].some((node) => node === from || node === to));
      hide(table, near ?? open.find((other) => Math.floor(other / width) === Math.floor(edge / width)) ?? open[0]);
    });
  });
  // all of the tables that the number stands in is hidden already: it comes from another one
  if (!grew) linked.forEach((table, index) => hide(table, free[index]![0]));
  return grew;
}

/** Protects in one table what is hidden anywhere. @returns whether more had to be hidden */
function settle(
  { cohorts, edges, nodes, width, hiding, settled }: Linked,
  hidden: ReadonlyMap<string, boolean[]>,
  minimum: number,
): boolean {
  cohorts.forEach(({ id }, place) => hidden.get(id)!.forEach((is, column) => is && hiding.hidden.add(place * width + column)));
  const open = [...hiding.hidden].filter((edge) => !settled.has(edge));
  if (open.length === 0) return false;
  for (const edge of open) {
    const { value } = edges[edge]!;
    settled.add(edge);
    const safe =
      value < minimum
        ? protect(edges, hiding, edge, minimum - value, nodes)
        : protect(edges, hiding, edge, minimum, nodes) && protect(edges, hiding, edge, Math.min(value, minimum), nodes, false);
    // pinned numbers leave no way to keep it uncertain: then all that is not pinned is hidden
    if (!safe) edges.forEach((_, index) => hiding.pinned.has(index) || hiding.hidden.add(index));
  }
  let grew = false;
  for (const edge of hiding.hidden) {
    settled.add(edge);
    const own = hidden.get(cohorts[Math.floor(edge / width)]!.id)!;
    if (own[edge % width]) continue;
    own[edge % width] = true;
    grew = true;
  }
  return grew;
}
