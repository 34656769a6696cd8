import { contextClasses } from '../fragments/classes.js';
import {
  accommodationsAsOf,
  attendanceAsOf,
  enrolmentsAsOf,
  gradesAsOf,
  incidentsAsOf,
  scoresAsOf,
  workAsOf,
} from '../fragments/rosters.js';
import { activityDays, liveAttempts } from '../fragments/statements.js';
import { canonicalToken } from '../fragments/learners.js';
import { type Question, type View } from '../question.js';
import { sql, type Sql } from '../sql.js';

/** Whichever of the learner's tokens is asked for. */
const isLearner = (learner: string, view: View): Sql => sql`learner = ${canonicalToken(learner, view)}`;

export interface LearnerDay {
  readonly day: string;
  /** Empty for activity that names no class. */
  readonly class: string;
  readonly kind: string;
  readonly events: number;
  readonly amount: number;
  readonly seconds: number;
}

/** What a learner did per UTC day, class and kind. */
export function learnerDays(learner: string, view: View = {}): Question<LearnerDay> {
  return {
    name: 'learnerDays',
    sql: sql`SELECT a.day AS day, x.class AS class, a.kind AS kind, sum(a.events) AS events, sum(a.amount) AS amount, sum(a.seconds) AS seconds
      FROM (SELECT * FROM ${activityDays()} WHERE ${isLearner(learner, view)}) AS a
      LEFT ANY JOIN ${contextClasses(view)} AS x ON a.context_id = x.context_id GROUP BY day, class, kind ORDER BY day, class, kind`,
    answer: (row) => ({
      day: String(row.day),
      class: String(row.class),
      kind: String(row.kind),
      events: Number(row.events),
      amount: Number(row.amount),
      seconds: Number(row.seconds),
    }),
  };
}

export interface LearnerWork {
  readonly class: string;
  readonly work: string;
  readonly title: string;
  readonly kind: string;
  readonly dueOn: string | null;
  readonly weight: number;
  /** First hand-in; null while it is not in. */
  readonly handedInAt: string | null;
  /** Last mark from 0 to 100. */
  readonly mark: number | null;
}

/** Work of the learner's classes, with hand-in and mark. Extra days of an accommodation move the due date: whoever has them is not late. */
export function learnerWork(learner: string, view: View = {}): Question<LearnerWork> {
  const extra = sql`(SELECT class, work, max(extra_days) AS days FROM ${accommodationsAsOf(view)} WHERE ${isLearner(learner, view)} AND extra_days IS NOT NULL GROUP BY class, work)`;
  return {
    name: 'learnerWork',
    sql: sql`SELECT d.class AS class, d.work AS work, d.title AS title, d.kind AS kind,
        d.due_on + greatest(ifNull(a.days, 0), ifNull(b.days, 0), ifNull((SELECT max(days) FROM ${extra} WHERE work = '' AND class = ''), 0)) AS due_on, d.weight AS weight,
        if(h.activity = '', NULL, toNullable(h.at)) AS handed_in_at, if(h.activity = '', NULL, h.mark) AS mark
      FROM ${workAsOf(view)} AS d
      INNER JOIN (SELECT class FROM ${enrolmentsAsOf(view)} WHERE ${isLearner(learner, view)}) AS e ON d.class = e.class
      LEFT ANY JOIN (SELECT activity, min(occurred_at) AS at, argMaxIf(scaled, (occurred_at, id), scaled IS NOT NULL) * 100 AS mark
        FROM ${liveAttempts(view)} WHERE ${isLearner(learner, view)} AND action IN ('submitted', 'scored', 'completed') GROUP BY activity) AS h ON h.activity = d.work
      LEFT ANY JOIN ${extra} AS a ON a.class = d.class AND a.work = d.work
      LEFT ANY JOIN (SELECT class, days FROM ${extra} WHERE work = '') AS b ON b.class = d.class
      ORDER BY due_on, class, work`,
    answer: (row) => ({
      class: String(row.class),
      work: String(row.work),
      title: String(row.title),
      kind: String(row.kind),
      dueOn: row.due_on as string | null,
      weight: Number(row.weight),
      handedInAt: row.handed_in_at as string | null,
      mark: row.mark as number | null,
    }),
  };
}

export interface LearnerMark {
  readonly kind: 'attendance' | 'incident' | 'grade';
  readonly day: string;
  readonly class: string;
  /** Attendance status, severity of an incident, or `passing` and `failing`. */
  readonly value: string;
  /** Percent of a grade. */
  readonly percent: number | null;
}

/** Attendance, incidents and report-card grades of a learner, in order of days. */
export function learnerMarks(learner: string, view: View = {}): Question<LearnerMark> {
  const only = sql`WHERE ${isLearner(learner, view)}`;
  return {
    name: 'learnerMarks',
    sql: sql`SELECT * FROM (
      SELECT 'attendance' AS kind, marked_on AS day, class, toString(status) AS value, CAST(NULL, 'Nullable(Float64)') AS percent FROM ${attendanceAsOf(view)} ${only}
      UNION ALL SELECT 'incident', happened_on, '', toString(severity), NULL FROM ${incidentsAsOf(view)} ${only}
      UNION ALL SELECT 'grade', reported_on, class, if(passing = 1, 'passing', 'failing'), percent FROM ${gradesAsOf(view)} ${only}
    ) ORDER BY day, kind, class`,
    answer: (row) => ({
      kind: row.kind as LearnerMark['kind'],
      day: String(row.day),
      class: String(row.class),
      value: String(row.value),
      percent: row.percent as number | null,
    }),
  };
}

export interface LearnerEnrolment {
  readonly class: string;
  readonly registeredOn: string | null;
  readonly withdrawnOn: string | null;
  readonly active: boolean;
}

/** A learner's enrolments. */
export function learnerEnrolments(learner: string, view: View = {}): Question<LearnerEnrolment> {
  return {
    name: 'learnerEnrolments',
    sql: sql`SELECT class, registered_on, withdrawn_on, active FROM ${enrolmentsAsOf(view)} WHERE ${isLearner(learner, view)} ORDER BY class`,
    answer: (row) => ({
      class: String(row.class),
      registeredOn: row.registered_on as string | null,
      withdrawnOn: row.withdrawn_on as string | null,
      active: Number(row.active) === 1,
    }),
  };
}

/** Scores of one learner through time; rows as in `scores.ts`. */
export function scoresOfLearner(learner: string, view: View): Sql {
  return sql`(SELECT * FROM ${scoresAsOf(view)} WHERE ${isLearner(learner, view)})`;
}
