/** Days as ISO text, always in UTC arithmetic: the simulator has no clock and no time zone of its own. */
const dayMs = 86_400_000;

/** Days that were asked for before, by the day that they are counted from: a district asks for the same few hundred a million times. */
const counted = new Map<string, Map<number, string>>();

/** @example addDays('2026-11-22', 1) // => '2026-11-23' */
export function addDays(day: string, count: number): string {
  let from = counted.get(day);
  if (!from) counted.set(day, (from = new Map<number, string>()));
  let found = from.get(count);
  if (found === undefined) from.set(count, (found = new Date(Date.parse(day) + count * dayMs).toISOString().slice(0, 10)));
  return found;
}

/** The Monday of the week that a day lies in. */
export const mondayOf = (day: string): string => addDays(day, -((new Date(day).getUTCDay() + 6) % 7));

export interface Term {
  readonly id: string;
  readonly title: string;
  readonly start: string;
  readonly end: string;
  readonly weeks: number;
  /** Weeks that have passed by today: all of a past term. */
  readonly weeksSoFar: number;
}

const termWeeks = 12;
const weeksIntoTerm = 9;

/** One past term with outcomes and one that is running, laid out so that today is near the end of week 9 of 12. */
export function termsAround(today: string): readonly [past: Term, running: Term] {
  const runningStart = addDays(mondayOf(today), -7 * (weeksIntoTerm - 1));
  const pastStart = addDays(runningStart, -7 * (termWeeks + 10));
  const term = (kind: string, start: string, weeksSoFar: number): Term => ({
    id: `${kind}-${start.slice(0, 4)}`,
    title: `${kind === 'spring' ? 'Spring' : 'Autumn'} term ${start.slice(0, 4)}`,
    start,
    end: addDays(start, 7 * termWeeks - 3),
    weeks: termWeeks,
    weeksSoFar,
  });
  return [term('spring', pastStart, termWeeks), term('autumn', runningStart, weeksIntoTerm)];
}

/** Terms before a given one, oldest first: each as long, a half-year apart. */
export function earlierTerms(first: Term, count: number): readonly Term[] {
  return Array.from({ length: count }, (_, index) => {
    const back = count - index;
    const start = addDays(first.start, -7 * (termWeeks + 10) * back);
    return {
      id: `before-${back}-${start.slice(0, 4)}`,
      title: `Term of ${start.slice(0, 7)}`,
      start,
      end: addDays(start, 7 * termWeeks - 3),
      weeks: termWeeks,
      weeksSoFar: termWeeks,
    };
  });
}
