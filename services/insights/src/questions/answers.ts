import { bind, liveAttempts, liveStatements, type Question, sql } from '@pharos/warehouse';

export interface GivenAnswer {
  readonly learner: string;
  readonly activity: string;
  readonly correct: boolean;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly seconds: number | null;
}

/** Graded answers of some learners (canonical tokens), oldest first. Reads the narrow table of attempts only. */
export function answersOf(learners: readonly string[]): Question<GivenAnswer> {
  return {
    name: 'answersOf',
    sql: sql`SELECT learner, activity, correct, toUnixTimestamp64Milli(occurred_at) AS at, duration_seconds AS seconds
      FROM ${liveAttempts()} WHERE learner IN ${bind('Array(String)', learners)} AND correct IS NOT NULL AND activity != ''
      ORDER BY occurred_at, id`,
    answer: (row) => ({
      learner: String(row.learner),
      activity: String(row.activity),
      correct: Number(row.correct) === 1,
      at: Number(row.at),
      seconds: row.seconds === null ? null : Number(row.seconds),
    }),
  };
}

export interface WrongResponse {
  readonly activity: string;
  readonly response: string;
  readonly times: number;
}

/** The wrong answers that stand in statements unsealed (choices, numbers), counted. */
export function wrongResponses(learners: readonly string[], activities: readonly string[]): Question<WrongResponse> {
  return {
    name: 'wrongResponses',
    sql: sql`SELECT activity, JSONExtractString(body, 'result', 'response') AS response, count() AS times
      FROM ${liveStatements()} WHERE learner IN ${bind('Array(String)', learners)} AND activity IN ${bind('Array(String)', activities)}
        AND correct = 0 AND response != '' GROUP BY activity, response ORDER BY times DESC, activity, response`,
    answer: (row) => ({ activity: String(row.activity), response: String(row.response), times: Number(row.times) }),
  };
}
