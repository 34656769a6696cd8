import { bind, classesAsOf, enrolmentsAsOf, type Question, sql } from '@pharos/warehouse';

export interface LearnerSchools {
  readonly learner: string;
  readonly schools: readonly string[];
}

/** Schools in whose classes each of the learners (canonical tokens) is or was. Who was in none is not in the answer. */
export function schoolsOfLearners(learners: readonly string[]): Question<LearnerSchools> {
  return {
    name: 'schoolsOfLearners',
    sql: sql`SELECT e.learner AS learner, groupUniqArray(c.school) AS schools FROM ${enrolmentsAsOf()} AS e
      INNER JOIN ${classesAsOf()} AS c ON c.class = e.class WHERE e.learner IN ${bind('Array(String)', learners)} GROUP BY learner`,
    answer: (row) => ({ learner: String(row.learner), schools: row.schools as readonly string[] }),
  };
}
