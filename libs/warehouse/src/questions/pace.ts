import { accommodationsAsOf } from '../fragments/rosters.js';
import { answersWithHelp } from '../fragments/statements.js';
import { type Question, type View } from '../question.js';
import { bind, sql } from '../sql.js';

/** How an item usually goes. */
export interface ItemPace {
  readonly activity: string;
  /** Median over all answers that say how long they took. */
  readonly seconds: number;
  /** The most hints that anybody took: how long the ladder is, as far as answers show. */
  readonly hints: number;
}

/** Items with at least so many timed answers: a median of two says nothing. */
const FEWEST = 5;

/** Usual time and ladder of some activities. */
export function paceOfItems(activities: readonly string[], view: View): Question<ItemPace> {
  return {
    name: 'paceOfItems',
    sql: sql`SELECT activity, quantileExact(0.5)(assumeNotNull(duration_seconds)) AS seconds, max(hints) AS hints
      FROM ${answersWithHelp(view, sql` AND activity IN ${bind('Array(String)', activities)}`)} WHERE duration_seconds IS NOT NULL
      GROUP BY activity HAVING count() >= ${bind('UInt32', FEWEST)} ORDER BY activity`,
    answer: (row) => ({ activity: String(row.activity), seconds: Number(row.seconds), hints: Number(row.hints) }),
  };
}

/** Longest time that an accommodation gives each of some canonical learners: 1.5 for half as much time again. Learners without one are left out. */
export function timeFactorsOf(learners: readonly string[], view: View): Question<{ readonly learner: string; readonly factor: number }> {
  return {
    name: 'timeFactorsOf',
    sql: sql`SELECT learner, max(assumeNotNull(time_factor)) AS factor FROM ${accommodationsAsOf(view)}
      WHERE time_factor IS NOT NULL AND learner IN ${bind('Array(String)', learners)} GROUP BY learner ORDER BY learner`,
    answer: (row) => ({ learner: String(row.learner), factor: Number(row.factor) }),
  };
}

/** Live answers of some canonical learners, as known at a moment, oldest first. */
export function watchedAnswers(learners: readonly string[], view: View) {
  return {
    name: 'watchedAnswers',
    sql: sql`SELECT learner, activity, skills, correct, toUnixTimestamp64Milli(occurred_at) AS at, toUnixTimestamp64Milli(recorded_at) AS recorded,
        duration_seconds AS seconds, hints
      FROM ${answersWithHelp(view)} WHERE learner IN ${bind('Array(String)', learners)} ORDER BY learner, occurred_at, id`,
    answer: (row) => ({
      learner: String(row.learner),
      activity: String(row.activity),
      skills: row.skills as readonly string[],
      correct: Number(row.correct) === 1,
      at: Number(row.at),
      recordedAt: new Date(Number(row.recorded)).toISOString(),
      seconds: row.seconds === null ? null : Number(row.seconds),
      hints: Number(row.hints),
    }),
  } satisfies Question<unknown>;
}
