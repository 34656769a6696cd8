import { enrolmentsAsOf, liveAnswers, moment, type Question, scoped, sql, tokensOfLearners, type View } from '@pharos/warehouse';

export interface PractiseState {
  readonly learner: string;
  /** Skills whose review is due. */
  readonly due: number;
  /** Milliseconds since 1970. */
  readonly lastAt: number;
}

/** What is due of each learner who is enrolled somewhere, and when they last answered. Whoever never answered is not in it. */
export function practiseStates(view: View & { readonly asOf: string }): Question<PractiseState> {
  return {
    name: 'practiseStates',
    sql: sql`SELECT learner, countIf(review_at <= ${moment(view.asOf)}) AS due, toUnixTimestamp64Milli(max(last_at)) AS last
      FROM ${scoped('masteries')} WHERE evidence > 0 AND learner IN (SELECT learner FROM ${enrolmentsAsOf(view)} WHERE active)
      GROUP BY learner ORDER BY learner`,
    answer: (row) => ({ learner: String(row.learner), due: Number(row.due), lastAt: Number(row.last) }),
  };
}

/** Graded answers of some canonical learners by UTC day, after a moment. */
export function answersByDay(learners: readonly string[], from: string, view: View): Question<{ readonly learner: string; readonly day: string; readonly answers: number }> {
  return {
    name: 'answersByDay',
    sql: sql`SELECT learner, toString(toDate(occurred_at)) AS day, count() AS answers
      FROM ${liveAnswers(view, sql` AND learner IN ${tokensOfLearners(learners)}`)} WHERE occurred_at >= ${moment(from)}
      GROUP BY learner, day ORDER BY learner, day`,
    answer: (row) => ({ learner: String(row.learner), day: String(row.day), answers: Number(row.answers) }),
  };
} // prettier-ignore
