import { type Question } from '../question.js';
import { moment, sql } from '../sql.js';
import { factsOf, type FeatureScope } from './cuts.js';

/** A class as it was defined by a moment, and how many outcomes of it were known then. */
export interface ClassAsOf {
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

/** All classes known by a moment, in order of class. */
export function classesAsOf(asOf: string, positions?: FeatureScope['positions']): Question<ClassAsOf> {
  const scope: FeatureScope = { cuts: [], ...(positions ? { positions } : {}) };
  const classes = factsOf('classes', 'c', scope);
  const outcomes = factsOf('outcomes', 'o', scope);
  const at = moment(asOf);
  return {
    name: 'classes-as-of',
    sql: sql`SELECT k.class AS class, k.last.1 AS title, k.last.2 AS course, k.last.3 AS school, k.last.4 AS term,
  toString(k.last.5) AS start_day, toString(k.last.6) AS end_day, ended.outcomes AS outcomes
FROM (
  SELECT c.class AS class, argMax((c.title, c.course, c.school, c.term, c.start_day, c.end_day), (c.known_at, c.log_offset)) AS last
  FROM ${classes.from} WHERE ${classes.where} AND c.known_at <= ${at} GROUP BY class
) AS k LEFT JOIN (
  SELECT o.class AS class, uniqExact(o.learner) AS outcomes FROM ${outcomes.from} WHERE ${outcomes.where} AND o.known_at <= ${at} GROUP BY class
) AS ended ON ended.class = k.class ORDER BY class`,
    answer: (row) => ({
      class: String(row['class']),
      title: String(row['title']),
      course: String(row['course']),
      school: String(row['school']),
      term: String(row['term']),
      start: String(row['start_day']),
      end: String(row['end_day']),
      outcomes: Number(row['outcomes']),
    }),
  };
}
