import { type Question } from '../question.js';
import { scoped } from '../fragments/scoped.js';
import { bind, sql } from '../sql.js';
import { type FeatureScope, learnerRows, viewOf } from './cuts.js';

/** Something that was declared of a learner and that a model may read: no protected attribute. */
export interface OpenAttribute {
  readonly learner: string;
  readonly attribute: string;
  /** Empty where it was declared for the learner as a whole. */
  readonly class: string;
  readonly value: string;
  /** Since when the institution could have used it, in milliseconds. */
  readonly knownAt: number;
}

/**
 * Declarations about learners that are not protected, oldest first, for the classes of a scope or for the learner as a whole. An attribute that
 * was ever declared as protected is left out altogether. Each class's own cut is for the caller to apply.
 */
export function openAttributes(scope: FeatureScope): Question<OpenAttribute> {
  const classes = bind('Array(String)', ['', ...scope.cuts.map((cut) => cut.class)]);
  return {
    name: 'open-attributes',
    sql: sql`SELECT a.learner AS learner, a.attribute AS attribute, a.class AS class, a.value AS value, toUnixTimestamp64Milli(a.known_at) AS known
FROM ${learnerRows('attributes', 'a', scope)}
WHERE a.class IN ${classes} AND a.attribute NOT IN (SELECT attribute FROM ${scoped('attributes', viewOf(scope), sql` AND protected = 1`)})
ORDER BY known, a.log_offset`,
    answer: (row) => ({
      learner: String(row.learner),
      attribute: String(row.attribute),
      class: String(row.class),
      value: String(row.value),
      knownAt: Number(row.known),
    }),
  };
}
