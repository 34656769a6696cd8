export interface EffortWeek {
  readonly monday: string;
  /** Days on which something was done. */
  readonly days: number;
  /** Things practised. */
  readonly practice: number;
}

const WEEKS = 8;
const DAY_MS = 86_400_000;
const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Monday of a day's week. @example mondayOf('2026-11-26') // => '2026-11-23' */
export function mondayOf(day: string): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  return iso(at - ((new Date(at).getUTCDay() + 6) % 7) * DAY_MS);
}

/** The last eight weeks, the latest first; weeks without anything count as well. */
export function weeksOf(activity: readonly { readonly day: string; readonly events: number; readonly kinds: Readonly<Record<string, number>> }[], today: string): readonly EffortWeek[] {
  const latest = Date.parse(`${mondayOf(today)}T00:00:00Z`);
  const byWeek = Map.groupBy(activity, ({ day }) => mondayOf(day));
  return Array.from({ length: WEEKS }, (_, back) => {
    const monday = iso(latest - back * 7 * DAY_MS);
    const own = byWeek.get(monday) ?? [];
    const days = new Set(own.filter(({ events }) => events > 0).map(({ day }) => day)).size;
    return { monday, days, practice: own.reduce((sum, { kinds }) => sum + (kinds.practice ?? 0), 0) };
  });
} // prettier-ignore
