import { scoped } from '../fragments/scoped.js';
import { type Question } from '../question.js';
import { sql } from '../sql.js';

/** Whether anything at all is known of what learners do on platforms, and of which work is due. */
export interface KnownTraces {
  readonly activity: boolean;
  readonly dueWork: boolean;
}

/** One row that says what a tenant has begun to send; stops at the first of each. */
export function knownTraces(): Question<KnownTraces> {
  return {
    name: 'known-traces',
    sql: sql`SELECT (SELECT count() FROM (SELECT 1 FROM ${scoped('activity_days', {}, sql` AND events > 0`)} LIMIT 1)) AS activity,
  (SELECT count() FROM (SELECT 1 FROM ${scoped('work')} LIMIT 1)) AS due_work`,
    answer: (row) => ({ activity: Number(row.activity) > 0, dueWork: Number(row.due_work) > 0 }),
  };
}
