import { type CohortCell, type Figure, type Level, type Measure } from '@pharos/contract';
import { perturbCount, suppress } from '@pharos/fairness';
import { type Cell } from '@pharos/warehouse';
import { type CohortRow } from '../questions/cohort-cells.js';
import { agreed, discloseMean, missing, shown } from './disclosure.js';

const ROOT = '\u0000all';
const leafOf = (row: CohortRow): string => JSON.stringify([row.group, ...row.attributes]);
const parentOf = (row: CohortRow): string => JSON.stringify([row.group]);

interface ShownLeaf {
  readonly part: Figure;
  readonly rest: Figure;
  readonly whole: Figure;
}

/**
 * Parts and wholes of crossed cells, hidden so that neither the sums over attributes, nor over groups, nor the rest of a
 * whole gives a small number away. Groups stand above their crossed cells; without attributes they are the leaves.
 */
function disclose(
  rows: readonly CohortRow[],
  part: (row: CohortRow) => Cell,
  whole: (row: CohortRow) => Cell,
  minimum: number,
): ReadonlyMap<string, ShownLeaf> {
  const crossed = rows.some(({ attributes }) => attributes.length > 0);
  const groups = crossed ? [...new Set(rows.map(parentOf))].map((id) => ({ id, parent: ROOT })) : [];
  const leaves = rows.map((row) => ({
    id: leafOf(row),
    parent: crossed ? parentOf(row) : ROOT,
    counts: [part(row).n, whole(row).n - part(row).n],
  }));
  const cohorts = suppress({ columns: ['part', 'rest'], cohorts: [{ id: ROOT, parent: null }, ...groups, ...leaves] }, minimum);
  return new Map(cohorts.map(({ id, cells, total }) => [id, { part: shown(cells[0]), rest: shown(cells[1]), whole: shown(total) }]));
}

/** How the answer is asked for, as far as showing depends on it. */
export interface CellsAbout {
  readonly level: Level;
  readonly attributes: readonly string[];
  readonly measures: readonly Measure[];
  readonly titleOf: (group: string) => string;
  readonly minimum: number;
  /** The tenant's secret where a crossed attribute is protected: counts then get the noise of their members. */
  readonly noise: string | null;
}

/** Cells as an analyst may see them, in the order asked for. Every count is hidden, perturbed or true; every mean rests on enough people. */
export function cellsView(rows: readonly CohortRow[], about: CellsAbout): readonly CohortCell[] {
  if (rows.length === 0) return [];
  const { minimum } = about;
  const tables = {
    active: disclose(
      rows,
      (row) => row.active,
      (row) => row.enrolled,
      minimum,
    ),
    atRisk: disclose(
      rows,
      (row) => row.atRisk,
      (row) => row.scored,
      minimum,
    ),
    low: disclose(
      rows,
      (row) => row.bands.riskLow,
      (row) => row.scored,
      minimum,
    ),
    some: disclose(
      rows,
      (row) => row.bands.riskSome,
      (row) => row.scored,
      minimum,
    ),
    high: disclose(
      rows,
      (row) => row.bands.riskHigh,
      (row) => row.scored,
      minimum,
    ),
    veryHigh: disclose(
      rows,
      (row) => row.bands.riskVeryHigh,
      (row) => row.scored,
      minimum,
    ),
  };
  const noisy = (figure: Figure, cell: Cell): Figure => {
    if (about.noise === null || figure.is !== 'value') return figure;
    return shown(perturbCount({ count: cell.n, members: BigInt(cell.key) }, about.noise, minimum));
  };
  return rows.map((row): CohortCell => {
    const leaf = leafOf(row);
    // Bands add up to the scored, so one hidden band must not be what the others leave over: all are hidden together.
    const bands = [tables.low, tables.some, tables.high, tables.veryHigh].map((table) => table.get(leaf)!);
    const bandsHidden = bands.some(({ part }) => part.is === 'suppressed');
    const band = (i: number, cell: Cell): Figure =>
      row.scored.n === 0 ? missing : bandsHidden ? { is: 'suppressed' } : noisy(bands[i]!.part, cell);
    // A whole shown by one measure must be shown by all: else their difference is a hidden part.
    const enrolled = agreed([tables.active.get(leaf)!.whole, ...(row.scored.n === row.enrolled.n ? [tables.atRisk.get(leaf)!.whole] : [])]);
    const mean = (value: number | null, people: Cell): Figure =>
      enrolled.is === 'suppressed' ? enrolled : discloseMean(value, people.n, minimum);
    const figures: Readonly<Record<Measure, () => Figure>> = {
      enrolled: () => noisy(enrolled, row.enrolled),
      active: () => noisy(tables.active.get(leaf)!.part, row.active),
      'at-risk': () => (row.scored.n === 0 ? missing : noisy(tables.atRisk.get(leaf)!.part, row.atRisk)),
      events: () => mean(row.events, row.enrolled),
      'active-days': () => mean(row.activeDays, row.enrolled),
      attendance: () => mean(row.attendance, row.attended),
      'mean-mark': () => mean(row.meanMark, row.marked),
      'handed-in': () => mean(row.handedIn, row.withWorkDue),
      'risk-low': () => band(0, row.bands.riskLow),
      'risk-some': () => band(1, row.bands.riskSome),
      'risk-high': () => band(2, row.bands.riskHigh),
      'risk-very-high': () => band(3, row.bands.riskVeryHigh),
    };
    return {
      level: about.level,
      id: row.group,
      title: about.titleOf(row.group),
      week: null,
      attributes: Object.fromEntries(about.attributes.map((attribute, i) => [attribute, row.attributes[i] ?? ''])),
      figures: Object.fromEntries(about.measures.map((measure) => [measure, figures[measure]()])),
    };
  });
}
