import { CronTime } from 'cron';

const HOUR_MS = 3_600_000;
/** Looked back so far, step by step, so that a job of every minute is not counted through from last year on. */
const windowsMs = [1, 24, 8 * 24, 35 * 24, 400 * 24].map((hours) => hours * HOUR_MS);

/**
 * The latest moment, `now` included, at which a cron expression was due, in UTC; undefined when none was within 400 days.
 *
 * @example lastDue('0 3 * * 1', new Date('2026-01-14T12:00:00.000Z')) // => 2026-01-12T03:00:00.000Z, a Monday
 */
export function lastDue(cron: string, now: Date): Date | undefined {
  const time = new CronTime(cron, 'UTC');
  for (const windowMs of windowsMs) {
    let last: Date | undefined;
    let next = new Date(now.getTime() - windowMs);
    for (;;) {
      next = time.getNextDateFrom(next, 'UTC').toJSDate();
      if (next > now) break;
      last = next;
    }
    if (last) return last;
  }
  return undefined;
}
