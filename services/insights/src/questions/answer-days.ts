import { bind, liveAnswers, type Question, sql, tokensOfLearners } from '@pharos/warehouse';

export interface AnswersOfDay {
  readonly day: string;
  readonly activity: string;
  readonly answers: number;
}

/** Graded answers of a learner (canonical token) by UTC day and activity, from a day on. */
export function answerDays(learner: string, from: string): Question<AnswersOfDay> {
  return {
    name: 'answerDays',
    sql: sql`SELECT toString(toDate(occurred_at)) AS day, activity, count() AS answers
      FROM ${liveAnswers({}, sql` AND learner IN ${tokensOfLearners([learner])}`)} WHERE toDate(occurred_at) >= toDate(${bind('String', from)})
      GROUP BY day, activity ORDER BY day, activity`,
    answer: (row) => ({ day: String(row.day), activity: String(row.activity), answers: Number(row.answers) }),
  };
}
