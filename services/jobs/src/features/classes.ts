import { type KnownClass, type Cut } from '@pharos/warehouse';

const dayMs = 86_400_000;

export const endOfDay = (day: string): string => `${day}T23:59:59.999Z`;
const addDays = (day: string, count: number): string => new Date(Date.parse(day) + count * dayMs).toISOString().slice(0, 10);

/** Days from the start of a class to the day of a moment. */
export const dayNumber = (start: string, asOf: string): number => Math.floor((Date.parse(asOf.slice(0, 10)) - Date.parse(start)) / dayMs);

export const weekNumber = (days: number): number => Math.floor(days / 7);

/** Classes that run on the day of `asOf`. */
export const openClasses = (classes: readonly KnownClass[], asOf: string): readonly KnownClass[] =>
  classes.filter((one) => one.start <= asOf.slice(0, 10) && one.end >= asOf.slice(0, 10));

/**
 * Classes that are over and whose outcomes were known by `asOf`: the only ones that a model may learn from. What is predicted of absence
 * shows in attendance, with or without outcomes.
 */
export const completedClasses = (classes: readonly KnownClass[], asOf: string, target = 'not-passing'): readonly KnownClass[] =>
  classes.filter((one) => (one.outcomes > 0 || target === 'chronic-absence') && one.end < asOf.slice(0, 10));

/** The same day of each class as the given number of days after its start; classes that never came so far are left out. */
export const cutsAtDay = (classes: readonly KnownClass[], days: number): readonly Cut[] =>
  classes.filter((one) => addDays(one.start, days) <= one.end).map((one) => ({ class: one.class, at: endOfDay(addDays(one.start, days)) }));

/**
 * Splits completed classes into earlier ones to learn from and the latest term, held out to judge and calibrate on.
 * With a single term there is nothing later: `later` is empty and the caller has to cross-validate by person.
 */
export function splitByTime(classes: readonly KnownClass[]): {
  readonly earlier: readonly KnownClass[];
  readonly later: readonly KnownClass[];
} {
  const terms = [...new Set([...classes].sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0)).map((one) => one.term))];
  const last = terms.length > 1 ? terms.at(-1) : undefined;
  return { earlier: classes.filter((one) => one.term !== last), later: classes.filter((one) => one.term === last) };
}
