import { type NotedSilence, type SourceDay } from '@pharos/warehouse';
import { daysWithout } from './instruction-days.js';

/** A source counts as silent after so many days of instruction without a statement, and as back after so many with some ... */
const silentDays = 3;
/** ... when it sent on most days of the four weeks before ... */
const daysBefore = 28;
const leastActiveDays = 14;
/** ... and enough that chance does not explain the silence. */
const leastPerDay = 20;

/** Days of activity that the question is asked for: the four weeks before a silence that a holiday of five weeks hid. */
export const daysLookedAt = 63;

const dayMs = 86_400_000;
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / dayMs);

export interface SilentSource {
  readonly source: string;
  /** Last day on which it sent anything. */
  readonly lastDay: string;
}

/** What is to be told, and what stands. */
export interface Silence {
  /** Sources that are silent now: alerts that rest on activity wait for them. */
  readonly silent: readonly SilentSource[];
  /** Those of them that were not known to be. */
  readonly fell: readonly SilentSource[];
  /** Sources that were known to be silent and send again. */
  readonly back: readonly SilentSource[];
}

/**
 * Sources whose volume fell to nothing. A platform that is down must not look like a thousand silent learners, so alerts
 * that rest on activity are held until it is back.
 *
 * @param days statements per source and day over the weeks before `asOf`
 * @param taught which days are of instruction: a holiday is no silence
 * @example silentSources([{ source: 'lms', day: '2026-10-01', statements: 900 }, ...], '2026-10-31T23:59:59.999Z', () => true)
 */
export function silentSources(days: readonly SourceDay[], asOf: string, taught: (day: string) => boolean): readonly SilentSource[] {
  const today = asOf.slice(0, 10);
  return [...Map.groupBy(days, (one) => one.source)].flatMap(([source, own]): SilentSource[] => {
    const lastDay = own.reduce((last, one) => (one.day > last ? one.day : last), '');
    const before = own.filter((one) => daysBetween(one.day, lastDay) < daysBefore);
    const volume = before.reduce((sum, one) => sum + one.statements, 0);
    const wasBusy = before.length >= leastActiveDays && volume / before.length >= leastPerDay;
    return wasBusy && daysWithout(lastDay, today, taught) >= silentDays ? [{ source, lastDay }] : [];
  });
}

/**
 * Sets the silence of now against what was noted before. A source that was noted stays silent, however long ago its last statement was,
 * until it has sent on some days again: the first day after a failure would still show learners who had nowhere to be active.
 */
export function silenceNow(
  days: readonly SourceDay[],
  noted: readonly NotedSilence[],
  asOf: string,
  taught: (day: string) => boolean,
): Silence {
  const found = silentSources(days, asOf, taught);
  const sentSince = ({ source, lastDay }: NotedSilence): number =>
    days.filter((one) => one.source === source && one.day > lastDay && one.day <= asOf.slice(0, 10)).length;
  const back = noted.filter((one) => sentSince(one) >= silentDays && !found.some(({ source }) => source === one.source));
  const still = noted.filter((one) => !back.includes(one) && !found.some(({ source }) => source === one.source));
  const fell = found.filter((one) => !noted.some(({ source, lastDay }) => source === one.source && lastDay === one.lastDay));
  return { silent: [...found, ...still], fell, back };
}

/** Reasons that come from activity on platforms: the ones that a silent platform would fake. */
const activityReasons = new Set(['silent-days', 'activity-low', 'activity-falling']);

/** Whether at least half of what pushes an alert rests on activity. */
export function restsOnActivity(reasons: readonly { readonly code: string; readonly logOdds: number }[]): boolean {
  const all = reasons.reduce((sum, reason) => sum + reason.logOdds, 0);
  const activity = reasons.reduce((sum, reason) => sum + (activityReasons.has(reason.code) ? reason.logOdds : 0), 0);
  return all > 0 && activity >= all / 2;
}
