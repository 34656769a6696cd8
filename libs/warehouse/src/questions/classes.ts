import { calendarsAsOf, classesAsOf } from '../fragments/classes.js';
import { enrolmentsAsOf } from '../fragments/rosters.js';
import { type Question, type View } from '../question.js';
import { bind, sql } from '../sql.js';

export interface ClassRow {
  readonly class: string;
  readonly title: string;
  readonly course: string;
  readonly courseTitle: string;
  readonly school: string;
  readonly schoolTitle: string;
  readonly term: string;
  readonly start: string;
  readonly end: string;
  readonly enrolled: number;
}

/** Every class with how many are enrolled now. */
export function classList(view: View = {}): Question<ClassRow> {
  return {
    name: 'classList',
    sql: sql`SELECT c.class AS class, c.title AS title, c.course AS course, c.course_title AS course_title, c.school AS school,
        c.school_title AS school_title, c.term AS term, c.start_day AS start_day, c.end_day AS end_day, e.enrolled AS enrolled
      FROM ${classesAsOf(view)} AS c
      LEFT ANY JOIN (SELECT class, count() AS enrolled FROM ${enrolmentsAsOf(view)} WHERE active GROUP BY class) AS e ON c.class = e.class
      ORDER BY start_day, class`,
    answer: (row) => ({
      class: String(row.class),
      title: String(row.title),
      course: String(row.course),
      courseTitle: String(row.course_title),
      school: String(row.school),
      schoolTitle: String(row.school_title),
      term: String(row.term),
      start: String(row.start_day),
      end: String(row.end_day),
      enrolled: Number(row.enrolled),
    }),
  };
}

export interface ClassMember {
  readonly learner: string;
  readonly registeredOn: string | null;
  readonly withdrawnOn: string | null;
  readonly active: boolean;
}

/** Who is or was in a class. */
export function classMembers(classId: string, view: View = {}): Question<ClassMember> {
  return {
    name: 'classMembers',
    sql: sql`SELECT learner, registered_on, withdrawn_on, active FROM ${enrolmentsAsOf(view, sql` AND class = ${bind('String', classId)}`)} ORDER BY learner`,
    answer: (row) => ({
      learner: String(row.learner),
      registeredOn: row.registered_on as string | null,
      withdrawnOn: row.withdrawn_on as string | null,
      active: Number(row.active) === 1,
    }),
  };
}

export interface Calendar {
  readonly school: string;
  readonly timeZone: string;
  readonly weekdays: readonly number[];
  readonly terms: readonly { readonly term: string; readonly title: string; readonly start: string; readonly end: string }[];
  readonly holidays: readonly string[];
}

/** Calendars of the tenant and of its schools. */
export function calendars(view: View = {}): Question<Calendar> {
  return {
    name: 'calendars',
    sql: sql`SELECT school, time_zone, weekdays, terms, holidays FROM ${calendarsAsOf(view)} ORDER BY school`,
    answer: (row) => ({
      school: String(row.school),
      timeZone: String(row.time_zone),
      weekdays: row.weekdays as readonly number[],
      terms: JSON.parse(String(row.terms)) as Calendar['terms'],
      holidays: row.holidays as readonly string[],
    }),
  };
}
