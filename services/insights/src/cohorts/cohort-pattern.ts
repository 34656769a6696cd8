import { type Level } from '@pharos/contract';
import { type ClassRow, type CohortFilter } from '@pharos/warehouse';
import { cohortId } from './cohort-tables.js';
import { type FigureKind, kinds, type WorkedOut } from './work-out-pattern.js';

/**
 * What may be shown of the cohorts of a tenant and term: one pattern, whatever is asked for, so that two answers do not give away
 * together what each of them hides. It was worked out over all cells that a session can ask for, and is only then narrowed to those it asks for.
 */
export class CohortPattern {
  /** @param places every class of the term */
  constructor(
    private readonly places: readonly ClassRow[],
    private readonly workedOut: WorkedOut,
  ) {}

  /**
   * Whether a figure of a cohort is hidden: per column of its kind, and last the whole.
   *
   * @param group of the level, within the filter
   * @example pattern.hides('risk', { level: 'course', group: 'algebra', filter: {} }).at(0)
   */
  hides(
    kind: FigureKind,
    cohort: { readonly level: Level; readonly group: string; readonly filter: CohortFilter; readonly attributes?: Readonly<Record<string, string>> },
  ): readonly boolean[] {
    const { level, group, filter, attributes = {} } = cohort;
    const narrowed = Object.entries(attributes).map(([name, value]) => `${name}=${value}`);
    const known = this.workedOut.classesWith.get(cohortId([], narrowed)) ?? new Set();
    const classes = this.places.filter(
      (place) =>
        known.has(place.class) &&
        (level === 'tenant' || place[level] === group) &&
        (['school', 'course', 'class'] as const).every((name) => filter[name] === undefined || place[name] === filter[name]),
    );
    const width = kinds[kind].columns.length + 1;
    // nobody is there, or it is no cohort of the hierarchy
    return this.workedOut.patterns[kind].get(cohortId(classes.map((place) => place.class), narrowed)) ?? new Array<boolean>(width).fill(true);
  } // prettier-ignore
}
