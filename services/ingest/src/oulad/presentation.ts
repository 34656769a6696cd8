import { HOME } from './vocabulary.js';

const DAY_MS = 86_400_000;

/** One run of a module. All days of the data set count from its start. */
export interface Presentation {
  /** `AAA-2013J` */
  readonly class: string;
  readonly module: string;
  readonly term: string;
  readonly iri: string;
  /** Days from the start to the end. */
  readonly length: number;
  readonly startMs: number;
}

/**
 * @param term `2013B` began in February, `2013J` in October; the day is not published and taken as the first
 * @throws RangeError for a term of another form
 * @example presentation('AAA', '2013J', 268).class // => 'AAA-2013J'
 */
export function presentation(module: string, term: string, length: number): Presentation {
  const [, year, letter] = /^(\d{4})([BJ])$/.exec(term) ?? [];
  if (year === undefined) throw new RangeError(`${term} is no presentation: a year and B or J is expected`);
  const startMs = Date.UTC(Number(year), letter === 'B' ? 1 : 9, 1);
  return { class: classId(module, term), module, term, iri: `${HOME}/${module}/${term}`, length, startMs };
}

export const classId = (module: string, term: string) => `${module}-${term}`;

/** The calendar day that is so many days from the start: `2013-10-01` for day 0 of 2013J. */
export function dayOf({ startMs }: Presentation, offset: number): string {
  return new Date(startMs + offset * DAY_MS).toISOString().slice(0, 10);
}

/** The beginning of a day. In British summer time it is one o'clock there, still the same day. */
export function instantOf({ startMs }: Presentation, offset: number): string {
  return new Date(startMs + offset * DAY_MS).toISOString();
}

/**
 * A moment of a day between 6:00 and 20:00 UTC, so that it is the same day in London. The source tells days only: the
 * time is spread by a number that is always the same for the same row.
 */
export function momentWithin({ startMs }: Presentation, offset: number, spread: number): string {
  return new Date(startMs + offset * DAY_MS + DAWN_MS + (spread % (DUSK_MS - DAWN_MS))).toISOString();
}

/** When everything of a day has happened and is known. */
export function endOfDay({ startMs }: Presentation, offset: number): string {
  return new Date(startMs + offset * DAY_MS + DUSK_MS).toISOString();
}

const DAWN_MS = 6 * 3_600_000;
const DUSK_MS = 20 * 3_600_000;
