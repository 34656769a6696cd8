import { type Question } from '../question.js';
import { bind, moment, sql } from '../sql.js';
import { factsOf, type FeatureScope, joinCanonical, learnerOf } from './cuts.js';

export interface AttributeAsOf {
  readonly learner: string;
  readonly attribute: string;
  /** Empty where it was declared for the learner as a whole. */
  readonly class: string;
  readonly value: string;
}

/** Protected attributes as declared by a moment: for audits, never for features. */
export function protectedAttributesAsOf(attributes: readonly string[], asOf: string): Question<AttributeAsOf> {
  const scope: FeatureScope = { cuts: [] };
  const links = factsOf('learner_links', 'l', scope);
  const declared = factsOf('attributes', 'a', scope);
  return {
    name: 'protected-attributes-as-of',
    sql: sql`WITH canonical AS (
  SELECT l.learner AS learner, argMax(if(l.linked = 1, l.canonical, l.learner), (l.recorded_at, l.log_offset)) AS canonical
  FROM ${links.from} WHERE ${links.where} GROUP BY learner
)
SELECT ${learnerOf('a')} AS learner, a.attribute AS attribute, a.class AS class, argMax(a.value, (a.known_at, a.log_offset)) AS value
FROM ${declared.from} ${joinCanonical('a')}
WHERE ${declared.where} AND a.known_at <= ${moment(asOf)} AND a.attribute IN ${bind('Array(String)', attributes)} GROUP BY learner, attribute, class`,
    answer: (row) => ({
      learner: String(row['learner']),
      attribute: String(row['attribute']),
      class: String(row['class']),
      value: String(row['value']),
    }),
  };
}
