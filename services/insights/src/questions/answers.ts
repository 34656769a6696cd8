import { bind, liveAnswers, liveStatements, type Question, sql, tokensOfLearners } from '@pharos/warehouse';

export interface GivenAnswer {
  readonly learner: string;
  readonly activity: string;
  readonly correct: boolean;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly seconds: number | null;
  readonly hints: number | null;
  /** Which try at its item it is, where the platform says so. */
  readonly attempt: number | null;
}

/** Graded answers of some learners (canonical tokens), oldest first. */
export function answersOf(learners: readonly string[]): Question<GivenAnswer> {
  return {
    name: 'answersOf',
    sql: sql`SELECT learner, activity, correct, toUnixTimestamp64Milli(occurred_at) AS at, duration_seconds AS seconds, hints, attempt
      FROM ${liveAnswers({}, sql` AND learner IN ${tokensOfLearners(learners)}`)} ORDER BY occurred_at, id`,
    answer: answerOf,
  };
}

/** The last answers of one learner, latest first. */
export function lastAnswersOf(learner: string, limit: number): Question<GivenAnswer> {
  return {
    name: 'lastAnswersOf',
    sql: sql`SELECT learner, activity, correct, toUnixTimestamp64Milli(occurred_at) AS at, duration_seconds AS seconds, hints, attempt
      FROM ${liveAnswers({}, sql` AND learner IN ${tokensOfLearners([learner])}`)} ORDER BY occurred_at DESC, id DESC LIMIT ${bind('UInt32', limit)}`,
    answer: answerOf,
  };
}

const answerOf = (row: Readonly<Record<string, unknown>>): GivenAnswer => ({
  learner: String(row.learner),
  activity: String(row.activity),
  correct: Number(row.correct) === 1,
  at: Number(row.at),
  seconds: row.seconds === null ? null : Number(row.seconds),
  hints: row.hints === null ? null : Number(row.hints),
  attempt: row.attempt === null ? null : Number(row.attempt),
});

/** How many graded answers some learners have given, and when the last was recorded: both change with each answer. */
export function answerCount(learners: readonly string[]): Question<number> {
  return {
    name: 'answerCount',
    sql: sql`SELECT count() AS answers FROM ${liveAnswers({}, sql` AND learner IN ${tokensOfLearners(learners)}`)}`,
    answer: (row) => Number(row.answers),
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
      FROM ${liveStatements({}, sql` AND learner IN ${tokensOfLearners(learners)}`)} WHERE activity IN ${bind('Array(String)', activities)}
        AND correct = 0 AND response != '' GROUP BY activity, response ORDER BY times DESC, activity, response`,
    answer: (row) => ({ activity: String(row.activity), response: String(row.response), times: Number(row.times) }),
  };
}
