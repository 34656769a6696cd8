import { classesAsOf } from '../fragments/classes.js';
import { attributesAsOf, outcomesAsOf } from '../fragments/rosters.js';
import { type Question, type View } from '../question.js';
import { bind, sql } from '../sql.js';

/** A class as it was defined by a moment, and how many outcomes of it were known then. */
export interface KnownClass {
  readonly class: string;
  readonly title: string;
  readonly course: string;
  readonly school: string;
  readonly term: string;
  /** First day, `2014-10-01`. */
  readonly start: string;
  readonly end: string;
  readonly outcomes: number;
}

/** All classes known by a view's moment, in order of class. */
export function knownClasses(view: View): Question<KnownClass> {
  return {
    name: 'known-classes',
    sql: sql`SELECT c.class AS class, c.title AS title, c.course AS course, c.school AS school, c.term AS term,
  toString(c.start_day) AS first_day, toString(c.end_day) AS last_day, ended.learners AS outcomes
FROM ${classesAsOf(view)} AS c LEFT JOIN (SELECT class, uniqExact(learner) AS learners FROM ${outcomesAsOf(view)} GROUP BY class) AS ended ON ended.class = c.class
ORDER BY class`,
    answer: (row) => ({
      class: String(row.class),
      title: String(row.title),
      course: String(row.course),
      school: String(row.school),
      term: String(row.term),
      start: String(row.first_day),
      end: String(row.last_day),
      outcomes: Number(row.outcomes),
    }),
  };
}

export interface KnownOutcome {
  readonly class: string;
  readonly learner: string;
  readonly outcome: 'distinction' | 'pass' | 'fail' | 'withdrawn';
}

/** How enrolments of these classes ended, as far as it was known by a view's moment. */
export function knownOutcomes(classes: readonly string[], view: View): Question<KnownOutcome> {
  return {
    name: 'known-outcomes',
    sql: sql`SELECT class, learner, outcome FROM ${outcomesAsOf(view, sql` AND class IN ${bind('Array(String)', classes)}`)} ORDER BY class, learner`,
    answer: (row) => ({ class: String(row.class), learner: String(row.learner), outcome: row.outcome as KnownOutcome['outcome'] }),
  };
}

export interface KnownAttribute {
  readonly learner: string;
  readonly attribute: string;
  /** Empty where it was declared for the learner as a whole. */
  readonly class: string;
  readonly value: string;
}

/** Protected attributes as declared by a view's moment: for audits, never for features. */
export function protectedAttributes(view: View): Question<KnownAttribute> {
  return {
    name: 'protected-attributes',
    sql: sql`SELECT learner, attribute, class, value FROM ${attributesAsOf(view, sql` AND protected = 1`)} ORDER BY learner, attribute, class`,
    answer: (row) => ({
      learner: String(row.learner),
      attribute: String(row.attribute),
      class: String(row.class),
      value: String(row.value),
    }),
  };
}
