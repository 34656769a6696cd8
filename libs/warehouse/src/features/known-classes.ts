import { classesAsOf } from '../fragments/classes.js';
import { attributesAsOf, outcomesAsOf } from '../fragments/rosters.js';
import { type Question, type View } from '../question.js';
import { bind, sql } from '../sql.js';
import { classTables, type Cut, type FeatureScope, learnerRows } from './cuts.js';

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

/** Whether a learner missed so much of a class that it counts as chronic absence. */
export interface KnownPresence {
  readonly class: string;
  readonly learner: string;
  readonly outcome: 'chronically-absent' | 'mostly-present';
}

/** Absent, for whatever reason, on so large a share of the days of instruction that one was enrolled. */
const chronicShare = 0.1;
/** Days of instruction below which nothing is said. */
const leastDays = 10;

/**
 * Who was chronically absent from these classes, as far as it was known by a view's moment: absent, excused or not, on a tenth of the days of
 * instruction between enrolment and the end, or leaving. Classes of schools that record no attendance have no row.
 *
 * Source of the definition: U.S. Department of Education, Chronic Absenteeism in the Nation's Schools (10 % of school days, for any reason).
 *
 * @param classes with the moment by which each is looked at: its end
 */
export function knownPresence(classes: readonly Cut[], positions?: FeatureScope['positions']): Question<KnownPresence> {
  const scope = { cuts: classes, ...(positions ? { positions } : {}) };
  const attendance = learnerRows('attendance', 't', scope);
  const enrolments = learnerRows('enrolments', 'e', scope);
  const withdrawals = learnerRows('withdrawals', 'w', scope);
  return {
    name: 'known-presence',
    sql: sql`WITH ${classTables(scope)},
marked AS (
  SELECT t.learner AS learner, t.marked_on AS marked_on, t.class AS class, any(t.school) AS school, argMax(t.status, (t.known_at, t.log_offset)) AS status
  FROM ${attendance} WHERE t.known_at <= (SELECT max(cut) FROM cuts) GROUP BY learner, marked_on, class
),
stays AS (
  SELECT e.class AS class, e.learner AS learner, greatest(any(i.start_day), ifNull(min(e.registered_on), any(i.start_day))) AS first_day,
    any(i.end_day) AS end_day, any(i.school) AS school
  FROM ${enrolments} INNER JOIN info AS i ON i.class = e.class WHERE e.known_at <= i.cut GROUP BY class, learner
),
leavings AS (
  SELECT w.class AS class, w.learner AS learner, max(w.withdrawn_on) AS left_on
  FROM ${withdrawals} INNER JOIN info AS i ON i.class = w.class WHERE w.known_at <= i.cut GROUP BY class, learner
),
spans AS (
  SELECT s.class AS class, s.learner AS learner, s.first_day AS first_day, if(l.learner = '', s.end_day, least(s.end_day, l.left_on)) AS last_day
  FROM stays AS s LEFT JOIN leavings AS l ON l.class = s.class AND l.learner = s.learner
  WHERE s.school IN (SELECT school FROM marked)
),
missed AS (
  SELECT p.class AS class, p.learner AS learner, uniqExact(a.marked_on) AS days
  FROM spans AS p INNER JOIN marked AS a ON a.learner = p.learner
  WHERE a.status IN ('absent', 'excused') AND a.class IN ('', p.class) AND a.marked_on >= p.first_day AND a.marked_on <= p.last_day GROUP BY class, learner
)
SELECT p.class AS class, p.learner AS learner, length(arrayFilter(d -> d >= p.first_day AND d <= p.last_day, sd.days)) AS taught,
  if(m.days >= ${bind('Float64', chronicShare)} * taught, 'chronically-absent', 'mostly-present') AS outcome
FROM spans AS p INNER JOIN school_days AS sd ON sd.class = p.class LEFT JOIN missed AS m ON m.class = p.class AND m.learner = p.learner
WHERE taught >= ${bind('UInt16', leastDays)} ORDER BY class, learner`,
    answer: (row) => ({ class: String(row.class), learner: String(row.learner), outcome: row.outcome as KnownPresence['outcome'] }),
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
