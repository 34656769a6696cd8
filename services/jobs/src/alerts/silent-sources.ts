import { type SourceDay } from '@pharos/warehouse';

/** A source counts as silent after so many days without a statement ... */
const silentDays = 3;
/** ... when it sent on most days of the four weeks before ... */
const daysBefore = 28;
const leastActiveDays = 14;
/** ... and enough that chance does not explain the silence. */
const leastPerDay = 20;

const dayMs = 86_400_000;
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / dayMs);

export interface SilentSource {
  readonly source: string;
  /** Last day on which it sent anything. */
  readonly lastDay: string;
}

/**
 * Sources whose volume fell to nothing. A platform that is down must not look like a thousand silent learners, so alerts
 * that rest on activity are held until it is back.
 *
 * @param days statements per source and day over the five weeks before `asOf`
 * @example silentSources([{ source: 'lms', day: '2026-10-01', statements: 900 }, ...], '2026-10-31T23:59:59.999Z')
 */
export function silentSources(days: readonly SourceDay[], asOf: string): readonly SilentSource[] {
  const today = asOf.slice(0, 10);
  return [...Map.groupBy(days, (one) => one.source)].flatMap(([source, own]): SilentSource[] => {
    const lastDay = own.reduce((last, one) => (one.day > last ? one.day : last), '');
    const before = own.filter((one) => daysBetween(one.day, lastDay) < daysBefore);
    const volume = before.reduce((sum, one) => sum + one.statements, 0);
    const wasBusy = before.length >= leastActiveDays && volume / before.length >= leastPerDay;
    return wasBusy && daysBetween(lastDay, today) > silentDays ? [{ source, lastDay }] : [];
  });
}

/** Reasons that come from activity on platforms: the ones that a silent platform would fake. */
const activityReasons = new Set(['silent-days', 'activity-low', 'activity-falling']);

/** Whether at least half of what pushes an alert rests on activity. */
export function restsOnActivity(reasons: readonly { readonly code: string; readonly logOdds: number }[]): boolean {
  const all = reasons.reduce((sum, reason) => sum + reason.logOdds, 0);
  const activity = reasons.reduce((sum, reason) => sum + (activityReasons.has(reason.code) ? reason.logOdds : 0), 0);
  return all > 0 && activity >= all / 2;
}
