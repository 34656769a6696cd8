import { classesAsOf, type Question, sql } from '@pharos/warehouse';

/** A class as last defined. */
export interface PlaceRow {
  readonly class: string;
  readonly title: string;
  readonly course: string;
  readonly courseTitle: string;
  readonly school: string;
  readonly schoolTitle: string;
  readonly term: string;
  /** First and last day, `2014-10-01`. */
  readonly start: string;
  readonly end: string;
}

/** All classes, in order of school, course, class. */
export function places(): Question<PlaceRow> {
  return {
    name: 'places',
    sql: sql`SELECT class, title, course, course_title, school, school_title, term, toString(start_day) AS first_day, toString(end_day) AS last_day
FROM ${classesAsOf()} ORDER BY school, course, class`,
    answer: (row) => ({
      class: String(row.class),
      title: String(row.title),
      course: String(row.course),
      courseTitle: String(row.course_title),
      school: String(row.school),
      schoolTitle: String(row.school_title),
      term: String(row.term),
      start: String(row.first_day),
      end: String(row.last_day),
    }),
  };
}
