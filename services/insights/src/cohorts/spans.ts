import { type ClassRow } from '@pharos/warehouse';

export interface TermSpan {
  readonly term: string;
  readonly from: string;
  readonly to: string;
  /** Enrolments of its classes. */
  readonly enrolled: number;
}

/** Terms with their first and last day, the latest to begin first. */
export function termsOf(classes: readonly ClassRow[]): readonly TermSpan[] {
  const terms = [...Map.groupBy(classes, ({ term }) => term)].map(([term, rows]) => ({
    term,
    from: rows.reduce((least, { start }) => (start < least ? start : least), rows[0]!.start),
    to: rows.reduce((last, { end }) => (end > last ? end : last), rows[0]!.end),
    enrolled: rows.reduce((sum, row) => sum + row.enrolled, 0),
  }));
  return terms.sort((a, b) => b.from.localeCompare(a.from) || a.term.localeCompare(b.term));
}

/**
 * The term to look at: the one asked for, else of those that run on the day the one with most enrolments (a course of two weeks begins after
 * the term around it, and is not how a district is doing), else the latest to have ended, else the next to begin.
 */
export function termAt(terms: readonly TermSpan[], asked: string | undefined, today: string): TermSpan | undefined {
  if (asked !== undefined) return terms.find(({ term }) => term === asked);
  const begun = terms.filter(({ from }) => from <= today);
  const first = (spans: readonly TermSpan[], before: (a: TermSpan, b: TermSpan) => number) => spans.toSorted(before)[0];
  const largest = first(
    begun.filter(({ to }) => today <= to),
    (a, b) => b.enrolled - a.enrolled,
  );
  return largest ?? first(begun, (a, b) => b.to.localeCompare(a.to)) ?? terms.at(-1);
}

/** The day so many days later; negative: earlier. @example addDays('2026-03-01', -1) // => '2026-02-28' */
export const addDays = (day: string, days: number): string => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** Monday of a day's week. */
export function mondayOf(day: string): string {
  const weekday = (new Date(day).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}

/** Number of a week of a term, the one in which it begins being 1. */
export const weekNumber = (monday: string, from: string): number =>
  Math.round((Date.parse(monday) - Date.parse(mondayOf(from))) / (7 * 86_400_000)) + 1;

/** 52 weeks: the same weekday of the last year. */
export const YEAR_DAYS = 364;
