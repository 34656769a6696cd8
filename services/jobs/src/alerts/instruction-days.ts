import { type Calendar } from '@pharos/warehouse';

const dayMs = 86_400_000;

const teaches = ({ weekdays, terms, holidays }: Calendar, day: string): boolean =>
  weekdays.includes(isoWeekday(day)) &&
  !holidays.includes(day) &&
  (terms.length === 0 || terms.some((term) => term.start <= day && day <= term.end));

/** 1 is Monday, 7 Sunday. */
const isoWeekday = (day: string): number => new Date(day).getUTCDay() || 7;

/**
 * Whether a day is one of instruction for all schools of a tenant. A platform serves several schools, and says nothing by its silence on a
 * day on which one of them is closed. Where no calendar is known, every day counts.
 *
 * @example instructionDays([])('2026-12-25') // => true
 */
export function instructionDays(calendars: readonly Calendar[]): (day: string) => boolean {
  return (day) => calendars.every((calendar) => teaches(calendar, day));
}

/**
 * How many whole days of instruction lie between two days: those two do not count, for the first had its activity and the last still runs.
 *
 * @example daysWithout('2026-10-01', '2026-10-05', () => true) // => 3
 */
export function daysWithout(after: string, before: string, taught: (day: string) => boolean): number {
  let count = 0;
  for (let at = Date.parse(after) + dayMs; at < Date.parse(before); at += dayMs)
    if (taught(new Date(at).toISOString().slice(0, 10))) count += 1;
  return count;
}
