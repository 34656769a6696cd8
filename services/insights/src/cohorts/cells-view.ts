import { type CohortCell, type Figure, type Level, type Measure } from '@pharos/contract';
import { perturbCount } from '@pharos/fairness';
import { type Cell, type CohortFilter } from '@pharos/warehouse';
import { type CohortRow } from '../questions/cohort-cells.js';
import { type CohortPattern } from './cohort-pattern.js';
import { discloseMean, disclosePart, discloseRate, missing, shown, suppressed } from './disclosure.js';

/** How the answer is asked for, as far as showing depends on it. */
export interface CellsAbout {
  readonly level: Level;
  readonly filter: CohortFilter;
  readonly attributes: readonly string[];
  readonly measures: readonly Measure[];
  readonly titleOf: (group: string) => string;
  readonly minimum: number;
  readonly pattern: CohortPattern;
  /** The tenant's secret where a crossed attribute is protected: counts then get the noise of their members. */
  readonly noise: string | null;
}

/** Keys are sums over members, so those of the parts add up to that of the whole. */
const cohortKeys = (rows: readonly CohortRow[]): ReadonlyMap<string, bigint> => {
  const keys = new Map<string, bigint>();
  for (const { group, enrolled } of rows) keys.set(group, BigInt.asUintN(64, (keys.get(group) ?? 0n) + BigInt(enrolled.key)));
  return keys;
};

/**
 * Cells as an analyst may see them, in the order asked for. Every count is hidden, perturbed or true; every mean rests on enough people;
 * every rate has enough on both sides. What is hidden does not depend on how it was asked for, but on the pattern of the whole term.
 */
export function cellsView(rows: readonly CohortRow[], about: CellsAbout): readonly CohortCell[] {
  const { level, filter, minimum, pattern, noise } = about;
  const cohorts = cohortKeys(rows);
  return rows.map((row): CohortCell => {
    const attributes = Object.fromEntries(about.attributes.map((attribute, i) => [attribute, row.attributes[i] ?? '']));
    const cohort = { level, group: row.group, filter, attributes };
    const hides = { enrolled: pattern.hides('enrolled', cohort), active: pattern.hides('active', cohort), risk: pattern.hides('risk', cohort), bands: pattern.hides('bands', cohort) };
    const noisy = (figure: Figure, cell: Cell): Figure => {
      if (noise === null || figure.is !== 'value') return figure;
      return shown(perturbCount({ count: cell.n, members: BigInt(cell.key), cohort: cohorts.get(row.group)! }, noise, minimum));
    };
    const part = (hidden: boolean, cell: Cell, whole: Cell): Figure => noisy(disclosePart(hidden, cell.n, whole.n, minimum), cell);
    const enrolled = hides.enrolled.some(Boolean) || row.enrolled.n < minimum ? suppressed : shown(row.enrolled.n);
    const atRisk = row.scored.n === 0 ? missing : part(hides.risk[0]!, row.atRisk, row.scored);
    // Bands add up to the scored, and some of them to those at risk: so they are shown together, or not at all.
    const bandCells = Object.values(row.bands);
    const bandsHidden = atRisk.is === 'suppressed' || hides.bands.slice(0, -1).some(Boolean) || bandCells.some(({ n }) => n < minimum);
    const band = (cell: Cell): Figure => (row.scored.n === 0 ? missing : bandsHidden ? suppressed : noisy(shown(cell.n), cell));
    const unlessHidden = (figure: Figure): Figure => (enrolled.is === 'suppressed' ? enrolled : figure);
    const figures: Readonly<Record<Measure, () => Figure>> = {
      enrolled: () => noisy(enrolled, row.enrolled),
      active: () => part(hides.active[0]!, row.active, row.enrolled),
      'at-risk': () => atRisk,
      events: () => unlessHidden(discloseMean(row.events, row.enrolled.n, minimum)),
      'active-days': () => unlessHidden(discloseMean(row.activeDays, row.enrolled.n, minimum)),
      attendance: () => unlessHidden(discloseRate(row.attendance, row.attended.n, minimum)),
      'mean-mark': () => unlessHidden(discloseMean(row.meanMark, row.marked.n, minimum)),
      'handed-in': () => unlessHidden(discloseRate(row.handedIn, row.withWorkDue.n, minimum)),
      'risk-low': () => band(row.bands.riskLow),
      'risk-some': () => band(row.bands.riskSome),
      'risk-high': () => band(row.bands.riskHigh),
      'risk-very-high': () => band(row.bands.riskVeryHigh),
    };
    return {
      level,
      id: row.group,
      title: about.titleOf(row.group),
      week: null,
      attributes,
      figures: Object.fromEntries(about.measures.map((measure) => [measure, figures[measure]()])),
    };
  });
} // prettier-ignore
