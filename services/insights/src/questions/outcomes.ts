import { canonicalToken, outcomesAsOf, type Question, sql } from '@pharos/warehouse';

export interface LearnerOutcome {
  readonly class: string;
  readonly outcome: string;
}

/** How a learner's enrolments ended, as far as it is known. Any of the learner's tokens. */
export function learnerOutcomes(learner: string): Question<LearnerOutcome> {
  const canonical = canonicalToken(learner);
  return {
    name: 'learnerOutcomes',
    sql: sql`SELECT class, outcome FROM ${outcomesAsOf()} WHERE learner = ${canonical} ORDER BY class`,
    answer: (row) => ({ class: String(row.class), outcome: String(row.outcome) }),
  };
}
