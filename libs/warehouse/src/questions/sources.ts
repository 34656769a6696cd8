import { scoped } from '../fragments/scoped.js';
import { type Question, type View } from '../question.js';
import { bind, date, sql } from '../sql.js';

export interface SourceVolume {
  readonly credential: string;
  /** Median events per instruction day over the days looked at before the last one. */
  readonly expected: number;
  /** Events on the last instruction day. */
  readonly seen: number;
  readonly learners: number;
  /** Last day with any event. */
  readonly lastDay: string;
}

/**
 * What each source sends on an instruction day, and what it sent on the last one: a source that used to send and sends
 * nothing now is silent, and its learners are not.
 * @param days instruction days in order, the last one being the day in question (the caller knows the calendar)
 */
export function sourceVolumes(days: readonly string[]): Question<SourceVolume> {
  const last = days.at(-1);
  if (last === undefined) throw new RangeError('at least one instruction day is needed');
  return {
    name: 'sourceVolumes',
    sql: sql`SELECT credential, medianExactIf(events, day < ${date(last)}) AS expected, sumIf(events, day = ${date(last)}) AS seen,
        maxIf(learners, day = ${date(last)}) AS learners, maxIf(day, events > 0) AS last_day
      FROM (
        SELECT s.credential AS credential, d.day AS day, v.events AS events, v.learners AS learners
        FROM (SELECT DISTINCT credential FROM ${scoped('activity_days')} WHERE events > 0) AS s
        CROSS JOIN (SELECT arrayJoin(${bind('Array(Date32)', days)}) AS day) AS d
        LEFT ANY JOIN (SELECT credential, day, sum(events) AS events, uniqExact(learner) AS learners
          FROM ${scoped('activity_days', {}, sql` AND events > 0 AND day BETWEEN ${date(days[0]!)} AND ${date(last)}`)} GROUP BY credential, day) AS v
          ON v.credential = s.credential AND v.day = d.day
      ) GROUP BY credential ORDER BY credential`,
    answer: (row) => ({
      credential: String(row.credential),
      expected: Number(row.expected),
      seen: Number(row.seen),
      learners: Number(row.learners),
      lastDay: String(row.last_day),
    }),
  };
}

/** A source that was noted to be silent, and has not been noted to be back. */
export interface NotedSilence {
  readonly source: string;
  /** Last day on which it sent anything, `2026-10-01`. */
  readonly lastDay: string;
}

/** Sources whose last word, as of a view's moment, is that they fell silent. */
export function notedSilences(view: View = {}): Question<NotedSilence> {
  return {
    name: 'notedSilences',
    sql: sql`SELECT source, last_word.1 AS since FROM (
        SELECT JSONExtractString(body, 'source') AS source,
          argMax((substring(JSONExtractString(body, 'since'), 1, 10), JSONExtractBool(body, 'silent')), (occurred_at, log_offset)) AS last_word
        FROM ${scoped('alert_facts', view, sql` AND type = 'SourceSilent'`)} GROUP BY source
      ) WHERE last_word.2 = 1 ORDER BY source`,
    answer: (row) => ({ source: String(row.source), lastDay: String(row.since) }),
  };
}
