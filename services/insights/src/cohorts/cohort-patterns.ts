import { type ClassRow, type CohortAsk, type Span } from '@pharos/warehouse';
import { Refusal } from '../http/refusal.js';
import { type KeptAnswers } from '../answers/kept-answers.js';
import { cohortCells, type CohortRow } from '../questions/cohort-cells.js';
import { CohortPattern } from './cohort-pattern.js';
import { MOST_CELLS } from './disclosure.js';
import { type PatternWorker } from './pattern-pool.js';
import { type Crossing } from './work-out-pattern.js';

/** What a pattern is worked out for. */
export interface PatternAbout {
  readonly ask: CohortAsk & Span & { readonly target: string; readonly threshold: number };
  readonly classes: readonly ClassRow[];
  readonly minimum: number;
}

/** The pattern of what may be shown, from the answers about every class of the term, whatever part of it is asked for. */
export class CohortPatterns {
  /** By the answer that it was made from, which is kept while its tables stand where they stood. */
  private readonly made = new WeakMap<readonly CohortRow[], { readonly minimum: number; readonly pattern: Promise<CohortPattern> }>();

  constructor(
    private readonly kept: KeptAnswers,
    private readonly workOut: PatternWorker,
  ) {}

  /** @throws Refusal for attributes that cross the term's classes into more cells than can be worked out while somebody waits */
  async of(tenant: string, { ask, classes, minimum }: PatternAbout, attributes: readonly string[] = []): Promise<CohortPattern> {
    const { term } = ask.filter ?? {};
    const whole = { ...ask, filter: term === undefined ? {} : { term }, by: 'class' as const };
    const crossings = await Promise.all(
      subsetsOf([...attributes].sort()).map(async (some): Promise<Crossing> => ({
        attributes: some,
        rows: await this.kept.ask(tenant, cohortCells({ ...whole, attributes: some })),
      })),
    );
    const last = crossings.at(-1)!.rows;
    if (attributes.length > 0 && last.length > MOST_CELLS)
      throw new Refusal('not-possible', {
        detail: `Crossed so, this term has ${last.length} cells, and ${MOST_CELLS} at most are worked out while somebody waits: cross with one attribute less`,
      });
    const known = this.made.get(last);
    if (known?.minimum === minimum) return known.pattern;
    const places = classes.filter((one) => term === undefined || one.term === term);
    // Two who ask at once wait for one; a failure is not kept.
    const pattern = this.workOut({ places, crossings, minimum }).then((found) => new CohortPattern(places, found));
    pattern.catch(() => this.made.delete(last));
    this.made.set(last, { minimum, pattern });
    return pattern;
  }
}

/** None, each, and both, so that each comes after those it contains. */
const subsetsOf = (attributes: readonly string[]): readonly (readonly string[])[] =>
  attributes.length === 0 ? [[]] : [[], ...attributes.map((one) => [one]), ...(attributes.length > 1 ? [attributes] : [])];
