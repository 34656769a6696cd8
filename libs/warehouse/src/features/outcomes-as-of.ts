import { type Question } from '../question.js';
import { bind, moment, sql } from '../sql.js';
import { factsOf, type FeatureScope, joinCanonical, learnerOf } from './cuts.js';

export interface OutcomeAsOf {
  readonly class: string;
  readonly learner: string;
  readonly outcome: 'distinction' | 'pass' | 'fail' | 'withdrawn';
}

/** How enrolments of these classes ended, as far as it was known by a moment. */
export function outcomesAsOf(classes: readonly string[], asOf: string, positions?: FeatureScope['positions']): Question<OutcomeAsOf> {
  const scope: FeatureScope = { cuts: [], ...(positions ? { positions } : {}) };
  const links = factsOf('learner_links', 'l', scope);
  const outcomes = factsOf('outcomes', 'o', scope);
  return {
    name: 'outcomes-as-of',
    sql: sql`WITH canonical AS (
  SELECT l.learner AS learner, argMax(if(l.linked = 1, l.canonical, l.learner), (l.recorded_at, l.log_offset)) AS canonical
  FROM ${links.from} WHERE ${links.where} GROUP BY learner
)
SELECT o.class AS class, ${learnerOf('o')} AS learner, argMax(o.outcome, (o.known_at, o.log_offset)) AS outcome
FROM ${outcomes.from} ${joinCanonical('o')}
WHERE ${outcomes.where} AND o.known_at <= ${moment(asOf)} AND o.class IN ${bind('Array(String)', classes)} GROUP BY class, learner ORDER BY class, learner`,
    answer: (row) => ({
      class: String(row['class']),
      learner: String(row['learner']),
      outcome: row['outcome'] as OutcomeAsOf['outcome'],
    }),
  };
}
