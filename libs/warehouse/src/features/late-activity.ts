import { liveStatements } from '../fragments/statements.js';
import { type Question, type View } from '../question.js';
import { bind, moment, sql } from '../sql.js';
import { notActivity } from './activity.js';

export interface LateActivity {
  readonly learner: string;
  /** Milliseconds since 1970. */
  readonly occurredAt: number;
  readonly knownAt: number;
}

/**
 * What some canonical learners did from `since` on that became known only after `knownFrom`, though it had happened before: a device was without a
 * connection, or a platform sent late. Counts what the features count as activity.
 */
export function lateActivity(
  learners: readonly string[],
  { since, knownFrom }: { readonly since: string; readonly knownFrom: string },
  view: View,
): Question<LateActivity> {
  const late = sql` AND occurred_at >= ${moment(since)} AND known_at > ${moment(knownFrom)} AND occurred_at < known_at`;
  return {
    name: 'late-activity',
    sql: sql`SELECT learner, toUnixTimestamp64Milli(occurred_at) AS occurred, toUnixTimestamp64Milli(known_at) AS known FROM ${liveStatements(view, late)}
WHERE learner IN ${bind('Array(String)', learners)} AND action NOT IN ${notActivity} ORDER BY learner, occurred_at, id`,
    answer: (row) => ({ learner: String(row.learner), occurredAt: Number(row.occurred), knownAt: Number(row.known) }),
  };
}
