import { liveAnswers, liveAttempts } from '../fragments/statements.js';
import { type Question } from '../question.js';
import { bind, moment, sql } from '../sql.js';

/** An answer that nobody judged: neither its platform nor the door, nor anybody since. */
export interface UnjudgedAnswer {
  readonly statement: string;
  /** Canonical. */
  readonly learner: string;
}

/**
 * Answers without a verdict or a score, recorded from a moment on, the longest waiting first. One that was judged since (the platform's marker said how it
 * went, or the learner answered the item again and that could be graded) is left out. Reads the narrow tables only.
 */
export function unjudgedAnswers(recordedFrom: string, most: number): Question<UnjudgedAnswer> {
  const recent = sql` AND recorded_at >= ${moment(recordedFrom)}`;
  const unjudged = sql`${recent} AND action = 'answered' AND correct IS NULL AND scaled IS NULL`;
  return {
    name: 'unjudgedAnswers',
    sql: sql`SELECT a.id AS id, a.learner AS learner FROM ${liveAttempts({}, unjudged)} AS a
      LEFT JOIN (SELECT learner, activity, max(recorded_at) AS judged FROM ${liveAnswers({}, recent)} GROUP BY learner, activity) AS g
        ON g.learner = a.learner AND g.activity = a.activity
      WHERE g.judged <= a.recorded_at ORDER BY a.recorded_at, a.id LIMIT ${bind('UInt32', most)}`,
    answer: (row) => ({ statement: String(row.id), learner: String(row.learner) }),
  };
}
