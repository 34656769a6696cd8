import { scoped } from '../fragments/scoped.js';
import { type Question, type RawRow } from '../question.js';
import { bind, moment, nothing, sql } from '../sql.js';

export interface DeadLetter {
  readonly id: string;
  readonly at: string;
  readonly source: string;
  readonly place: string;
  readonly step: string;
  readonly reason: string;
  readonly bytes: string;
  readonly sealed: boolean;
}

/** One page of dead letters, newest first, after the last one of the page before. */
export function deadLetters(ask: {
  readonly limit: number;
  readonly after?: { readonly at: string; readonly id: string };
  readonly source?: string;
}): Question<DeadLetter> {
  const older =
    ask.after === undefined ? nothing : sql` AND (occurred_at, id) < (${moment(ask.after.at)}, ${bind('String', ask.after.id)})`;
  const from = ask.source === undefined ? nothing : sql` AND source = ${bind('String', ask.source)}`;
  return {
    name: 'deadLetters',
    sql: sql`SELECT id, occurred_at, source, place, step, reason, bytes, sealed FROM ${scoped('dead_letters', {}, sql`${older}${from}`)}
      ORDER BY occurred_at DESC, id DESC LIMIT ${bind('UInt32', ask.limit)}`,
    answer: toDeadLetter,
  };
}

/** Letters by their ids; those that there are not are left out. */
export function deadLettersByIds(ids: readonly string[]): Question<DeadLetter> {
  const among = sql` AND id IN ${bind('Array(String)', ids)}`;
  return {
    name: 'deadLettersByIds',
    sql: sql`SELECT id, occurred_at, source, place, step, reason, bytes, sealed FROM ${scoped('dead_letters', {}, among)} ORDER BY occurred_at, id`,
    answer: toDeadLetter,
  };
}

const toDeadLetter = (row: RawRow): DeadLetter => ({
  id: String(row.id),
  at: String(row.occurred_at),
  source: String(row.source),
  place: String(row.place),
  step: String(row.step),
  reason: String(row.reason),
  bytes: String(row.bytes),
  sealed: Number(row.sealed) === 1,
});

export interface DeadLetterCause {
  readonly source: string;
  readonly step: string;
  readonly count: number;
  readonly lastAt: string;
  readonly example: string;
}

/** Dead letters counted by where they came from and what refused them, with the latest reason as an example. */
export function deadLetterCauses(): Question<DeadLetterCause> {
  return {
    name: 'deadLetterCauses',
    sql: sql`SELECT source, step, count() AS count, max(occurred_at) AS last_at, argMax(reason, occurred_at) AS example
      FROM ${scoped('dead_letters')} GROUP BY source, step ORDER BY count DESC, source, step`,
    answer: (row) => ({
      source: String(row.source),
      step: String(row.step),
      count: Number(row.count),
      lastAt: String(row.last_at),
      example: String(row.example),
    }),
  };
}
