import { bind, liveAnswers, type Question, sql, tokensOfLearners } from '@pharos/warehouse';

export interface SincePoint {
  readonly learner: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Those of the learners (canonical tokens, each once) who gave a graded answer after their moment and within so many milliseconds of it. */
export function returnsAmong(points: readonly SincePoint[], withinMs: number): Question<string> {
  const learners = points.map(({ learner }) => learner);
  const ats = points.map(({ at }) => at);
  return {
    name: 'returnsAmong',
    sql: sql`SELECT DISTINCT learner FROM (SELECT learner, toUnixTimestamp64Milli(occurred_at) AS at,
        transform(learner, ${bind('Array(String)', learners)}, ${bind('Array(Int64)', ats)}, toInt64(0)) AS since
      FROM ${liveAnswers({}, sql` AND learner IN ${tokensOfLearners(learners)}`)})
      WHERE since > 0 AND at > since AND at <= since + ${bind('Int64', withinMs)} ORDER BY learner`,
    answer: (row) => String(row.learner),
  };
}
