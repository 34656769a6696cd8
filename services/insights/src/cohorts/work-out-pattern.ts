import { type Pattern, suppressLinked } from '@pharos/fairness';
import { type ClassRow } from '@pharos/warehouse';
import { type CohortRow } from '../questions/cohort-cells.js';
import { broadTablesOf, cellsOf, cohortId, tablesOf } from './cohort-tables.js';

/** Figures of a cohort that are shown or hidden together with what they add up to. */
export type FigureKind = 'enrolled' | 'active' | 'risk' | 'bands';

/** Data only, so that it can cross between threads. */
export interface WorkedOut {
  readonly patterns: Readonly<Record<FigureKind, Pattern>>;
  /** Classes that have a cell, by how it is narrowed. */
  readonly classesWith: ReadonlyMap<string, ReadonlySet<string>>;
}

interface Kind {
  readonly columns: readonly string[];
  readonly countsOf: (row: CohortRow) => readonly number[];
}

export const kinds: Readonly<Record<FigureKind, Kind>> = {
  enrolled: { columns: ['all'], countsOf: ({ enrolled }) => [enrolled.n] },
  active: { columns: ['part', 'rest'], countsOf: ({ active, enrolled }) => [active.n, enrolled.n - active.n] },
  risk: { columns: ['part', 'rest'], countsOf: ({ atRisk, scored }) => [atRisk.n, scored.n - atRisk.n] },
  bands: {
    columns: ['low', 'some', 'high', 'very high'],
    countsOf: ({ bands }) => [bands.riskLow.n, bands.riskSome.n, bands.riskHigh.n, bands.riskVeryHigh.n],
  },
};

/** A question's rows by class of everything that a session can narrow to, crossed with none, one or two attributes. */
export interface Crossing {
  readonly attributes: readonly string[];
  readonly rows: readonly CohortRow[];
}

/** What a pattern is worked out from. */
export interface PatternWork {
  /** Every class of the term. */
  readonly places: readonly ClassRow[];
  /**
   * What each later one is crossed with contains what the earlier ones are: none, then one attribute, then the other, then both.
   * What an earlier one shows or hides stays so.
   */
  readonly crossings: readonly Crossing[];
  readonly minimum: number;
}

/**
 * Works out what may be shown, over all cells that a session can ask for. Seconds in a large district, so it belongs in a thread of its own.
 *
 * @example new CohortPattern(places, workOutPattern({ places, crossings, minimum: 10 }))
 */
export function workOutPattern({ places, crossings, minimum }: PatternWork): WorkedOut {
  const enrolled = patternOf('enrolled', places, crossings, minimum, new Map());
  const totals = (kind: FigureKind): Pattern => patternOf(kind, places, crossings, minimum, enrolled);
  const classesWith = new Map<string, Set<string>>();
  for (const { class: own, narrowed } of crossings.flatMap(({ attributes, rows }) => cellsOf(rows, attributes, () => []))) {
    const id = cohortId([], narrowed);
    classesWith.set(id, (classesWith.get(id) ?? new Set()).add(own));
  }
  return { patterns: { enrolled, active: totals('active'), risk: totals('risk'), bands: totals('bands') }, classesWith };
}

/** One kind of figure, crossing after crossing. */
function patternOf(
  kind: FigureKind,
  places: readonly ClassRow[],
  crossings: readonly Crossing[],
  minimum: number,
  enrolled: Pattern,
): Pattern {
  const { columns, countsOf } = kinds[kind];
  const found = new Map<string, readonly boolean[]>();
  const decide = (tables: ReturnType<typeof tablesOf>): void => {
    if (tables.length === 0) return;
    const decided = new Map<string, readonly (boolean | undefined)[]>(found);
    for (const { id, total } of totalsOf(tables)) {
      // Whoever is enrolled is known, and nearly all are scored: the whole is taken for known wherever it is shown, so it protects nothing.
      const whole = enrolled.get(id)?.at(-1);
      if (whole !== undefined && !decided.has(id) && (whole || total >= minimum)) decided.set(id, [...columns.map(() => undefined), whole]);
    }
    for (const [id, hidden] of suppressLinked(tables, minimum, decided)) if (!found.has(id)) found.set(id, hidden);
  };
  for (const { attributes, rows } of crossings) {
    const cells = cellsOf(rows, attributes, countsOf);
    if (attributes.length === 0) decide(broadTablesOf(cells, places, columns));
    decide(tablesOf(cells, places, columns));
  }
  return found;
}

/** Every cohort of the tables with its count of people; where it has parts, their sum. */
function totalsOf(tables: ReturnType<typeof tablesOf>): { readonly id: string; readonly total: number }[] {
  return tables.flatMap(({ cohorts }) => {
    const totals = new Map(cohorts.map(({ id, counts }) => [id, counts?.reduce((sum, count) => sum + count, 0) ?? 0]));
    for (const { id, parent } of [...cohorts].reverse()) if (parent !== null) totals.set(parent, totals.get(parent)! + totals.get(id)!);
    return [...totals].map(([id, total]) => ({ id, total }));
  });
} // prettier-ignore
