import { type CountTable } from '@pharos/fairness';
import { type ClassRow } from '@pharos/warehouse';
import { type CohortRow } from '../questions/cohort-cells.js';

/** What narrows a cell: `attribute=value`, or null where it is of all values. */
export type Narrowed = readonly (string | null)[];

/**
 * A cohort is what classes it is of and how it is narrowed, however it was asked for: a course in one school only is that school's course,
 * and whoever crosses two attributes sees the cells of one of them as sums.
 */
export const cohortId = (classes: readonly string[], narrowed: Narrowed = []): string =>
  JSON.stringify([[...classes].sort(), narrowed.filter((value) => value !== null).sort()]);

type Place = Pick<ClassRow, 'class' | 'school' | 'course'>;

/** A cohort with those it falls into. */
interface Branch {
  readonly classes: readonly string[];
  readonly parts: readonly Branch[];
}

const branchOf = (places: readonly Place[], levels: readonly ((place: Place) => string)[]): Branch => {
  const [level, ...below] = levels;
  const classes = places.map((place) => place.class);
  if (!level) return { classes, parts: [] };
  const parts = [...Map.groupBy(places, level).values()].map((some) => branchOf(some, below));
  // a cohort of one part is that part
  return parts.length === 1 ? parts[0]! : { classes, parts };
};

const allOf = (branch: Branch): Branch[] => [branch, ...branch.parts.flatMap(allOf)];

/** The hierarchies by which a session can narrow: classes in courses in schools, and classes in schools in courses. */
export function hierarchies(places: readonly Place[]): readonly Branch[] {
  const [school, course, own] = [(place: Place) => place.school, (place: Place) => place.course, (place: Place) => place.class];
  const trees = [branchOf(places, [school, course, own]), branchOf(places, [course, school, own])];
  const shape = (branch: Branch): string => JSON.stringify(allOf(branch).map(({ classes }) => cohortId(classes)).sort()); // prettier-ignore
  return shape(trees[0]!) === shape(trees[1]!) ? [trees[0]!] : trees;
}

/** Counts of a cell of one class, to be added up. */
export interface ClassCell {
  readonly class: string;
  readonly narrowed: Narrowed;
  readonly counts: readonly number[];
}

/** Cells from the answer by class, crossed with the attributes named. */
export const cellsOf = (
  rows: readonly CohortRow[],
  names: readonly string[],
  countsOf: (row: CohortRow) => readonly number[],
): readonly ClassCell[] =>
  rows.map((row) => ({
    class: row.group,
    narrowed: names.map((name, place) => `${name}=${row.attributes[place] ?? ''}`),
    counts: countsOf(row),
  }));

const sumOf = (cells: readonly ClassCell[], columns: number): number[] =>
  Array.from({ length: columns }, (_, column) => cells.reduce((sum, { counts }) => sum + counts[column]!, 0));

/** One hierarchy of cells that share their attributes, as a table: whole cohorts above, classes as leaves. */
function treeTable(branch: Branch, narrowed: Narrowed, cells: ReadonlyMap<string, ClassCell>, columns: readonly string[]): CountTable {
  const cohorts: { id: string; parent: string | null; counts?: readonly number[] }[] = [];
  const add = ({ classes, parts }: Branch, parent: string | null): void => {
    const present = classes.filter((one) => cells.has(one));
    const id = cohortId(present, narrowed);
    const within = parts.filter((part) => part.classes.some((one) => cells.has(one)));
    // of several parts only one may have such a cell: then it is the cohort
    if (within.length === 1) return add(within[0]!, parent);
    if (within.length === 0) cohorts.push({ id, parent, counts: sumOf(present.map((one) => cells.get(one)!), columns.length) });
    else cohorts.push({ id, parent });
    for (const part of within) add(part, id);
  };
  add(branch, null);
  return { columns, cohorts };
} // prettier-ignore

/**
 * The tables of cells that a session can set against each other: each value of the attributes up the hierarchies, and in each cohort
 * all values against the whole (and, of two attributes, against each value of the one).
 */
export function tablesOf(cells: readonly ClassCell[], places: readonly Place[], columns: readonly string[]): readonly CountTable[] {
  if (cells.length === 0) return [];
  const known = new Set(cells.map((cell) => cell.class));
  const trees = hierarchies(places.filter((place) => known.has(place.class)));
  const byValue = [...Map.groupBy(cells, ({ narrowed }) => JSON.stringify(narrowed)).values()];
  const upward = byValue.flatMap((some) => {
    const byClass = new Map(some.map((cell) => [cell.class, cell]));
    return trees.map((tree) => treeTable(tree, some[0]!.narrowed, byClass, columns));
  });
  const cohorts = new Map(trees.flatMap(allOf).map(({ classes }) => [cohortId(classes), classes]));
  const crossed = [...cohorts.values()].flatMap((classes) => wholes(cells.filter((cell) => classes.includes(cell.class)), classes, columns)); // prettier-ignore
  return [...upward, ...crossed];
}

/**
 * The whole by school and by course alone: what most people look at. It is decided before its classes are, so that a few small classes hide
 * each other and not the figure of the tenant.
 */
export function broadTablesOf(cells: readonly ClassCell[], places: readonly Place[], columns: readonly string[]): readonly CountTable[] {
  const known = new Set(cells.map((cell) => cell.class));
  const present = places.filter((place) => known.has(place.class));
  const root = cohortId(present.map((place) => place.class));
  return (['school', 'course'] as const).flatMap((level): CountTable[] => {
    const groups = [...Map.groupBy(present, (place) => place[level]).values()].map((some) => some.map((place) => place.class));
    if (groups.length < 2) return [];
    const parts = groups.map((classes) => ({ id: cohortId(classes), parent: root, counts: sumOf(cells.filter((cell) => classes.includes(cell.class)), columns.length) }));
    return [{ columns, cohorts: [{ id: root, parent: null }, ...parts] }];
  });
} // prettier-ignore

/** In one cohort: values of attributes as leaves under what they add up to. */
function wholes(cells: readonly ClassCell[], classes: readonly string[], columns: readonly string[]): CountTable[] {
  const width = cells[0]?.narrowed.length ?? 0;
  return Array.from({ length: width }, (_, open): CountTable[] => {
    const fixed = (cell: ClassCell): Narrowed => cell.narrowed.map((value, place) => (place === open ? null : value));
    return [...Map.groupBy(cells, (cell) => JSON.stringify(fixed(cell))).values()].map((some) => {
      const root = cohortId(width === 1 ? classes : [...new Set(some.map((cell) => cell.class))], fixed(some[0]!));
      const leaves = [...Map.groupBy(some, ({ narrowed }) => JSON.stringify(narrowed)).values()];
      return {
        columns,
        cohorts: [
          { id: root, parent: null },
          ...leaves.map((own) => ({ id: cohortId([...new Set(own.map((cell) => cell.class))], own[0]!.narrowed), parent: root, counts: sumOf(own, columns.length) })),
        ],
      };
    });
  }).flat();
} // prettier-ignore
