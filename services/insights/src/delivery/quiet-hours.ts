import { DateTime } from 'luxon';

/** Hours of the local day in which nobody is written to; `from` after `to` spans midnight. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

/** Digests leave at this local hour where no quiet hours say when the day begins. */
const MORNING = 7;

const isQuiet = (hour: number, { from, to }: QuietHours): boolean => (from <= to ? hour >= from && hour < to : hour >= from || hour < to);

/** The next time of day at that hour, strictly later. Where the clock jumps over it, the first moment after the jump. */
function nextAt(local: DateTime, hour: number): DateTime {
  const today = local.set({ hour, minute: 0, second: 0, millisecond: 0 });
  return today > local ? today : today.plus({ days: 1 }).set({ hour });
}

/**
 * The first moment from now on at which a person may be written to.
 *
 * @param zone IANA time zone of the tenant
 * @example afterQuiet(new Date('2026-02-02T21:00:00Z'), { from: 20, to: 7 }, 'UTC') // => 2026-02-03T07:00:00Z
 */
export function afterQuiet(now: Date, quiet: QuietHours | null, zone: string): Date {
  const local = DateTime.fromJSDate(now, { zone });
  if (quiet === null || quiet.from === quiet.to || !isQuiet(local.hour, quiet)) return now;
  return nextAt(local, quiet.to).toJSDate();
}

/** When the next digest leaves: the next morning, at the end of the quiet hours. */
export function nextDigest(now: Date, quiet: QuietHours | null, zone: string): Date {
  return nextAt(DateTime.fromJSDate(now, { zone }), quiet?.to ?? MORNING).toJSDate();
}
