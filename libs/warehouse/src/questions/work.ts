import { accommodationsAsOf, attendanceAsOf, workAsOf } from '../fragments/rosters.js';
import { liveAttempts } from '../fragments/statements.js';
import { type Question } from '../question.js';
import { bind, date, moment, sql } from '../sql.js';
import { type Cell, cell, cellOf, cohort, type CohortAsk, onWorkOf } from './cohort.js';
import { type Span } from './overview.js';

export interface HandInWeek {
  readonly week: string;
  /** Pieces of work that were due, one per learner, and of them those in on time, in late, and not in. */
  readonly due: number;
  readonly onTime: number;
  readonly late: number;
  readonly missing: number;
  readonly learners: Cell;
}

/** First hand-in of each learner and piece of work that occurred by a moment: activity, learner, day. */
const handIns = (ask: CohortAsk) => sql`(SELECT activity, learner, toDate32(min(occurred_at)) AS day
  FROM ${liveAttempts({ asOf: ask.asOf }, sql`${onWorkOf(ask)} AND occurred_at <= ${moment(ask.asOf)}`)} WHERE action IN ('submitted', 'scored', 'completed') GROUP BY activity, learner)`;

/** Hand-in rates by the week in which work was due; accommodations of extra days move the due date. */
export function handInByWeek(ask: CohortAsk & Span): Question<HandInWeek> {
  const view = { asOf: ask.asOf };
  const extra = sql`(SELECT learner, class, work, max(extra_days) AS days FROM ${accommodationsAsOf(view)} WHERE extra_days IS NOT NULL GROUP BY learner, class, work)`;
  return {
    name: 'handInByWeek',
    sql: sql`SELECT week, count() AS due, countIf(is_in AND day <= due_day) AS on_time, countIf(is_in AND day > due_day) AS late,
        countIf(NOT is_in) AS missing, ${cell('learners', ask.cellSecret)}
      FROM (
        SELECT w.learner AS learner, toDate32(toMonday(w.due_day)) AS week, w.due_day AS due_day, h.day AS day, h.activity != '' AS is_in
        FROM (
          SELECT e.learner AS learner, e.class AS class, d.work AS work, assumeNotNull(d.due_on) + greatest(ifNull(a.days, 0), ifNull(b.days, 0), ifNull(c.days, 0)) AS due_day, e.to_day AS to_day
          FROM ${workAsOf(view)} AS d INNER JOIN ${cohort(ask)} AS e ON d.class = e.class
          LEFT ANY JOIN ${extra} AS a ON a.learner = e.learner AND a.class = e.class AND a.work = d.work
          LEFT ANY JOIN (SELECT learner, class, days FROM ${extra} WHERE work = '') AS b ON b.learner = e.learner AND b.class = e.class
          LEFT ANY JOIN (SELECT learner, days FROM ${extra} WHERE work = '' AND class = '') AS c ON c.learner = e.learner
          WHERE d.due_on IS NOT NULL
        ) AS w LEFT ANY JOIN ${handIns(ask)} AS h ON h.activity = w.work AND h.learner = w.learner
        WHERE w.due_day BETWEEN ${date(ask.from)} AND ${date(ask.to)} AND w.due_day < toDate32(${moment(ask.asOf)}) AND w.due_day <= w.to_day
      ) GROUP BY week ORDER BY week`,
    answer: (row) => ({
      week: String(row.week),
      due: Number(row.due),
      onTime: Number(row.on_time),
      late: Number(row.late),
      missing: Number(row.missing),
      learners: cellOf(row, 'learners'),
    }),
  };
}

export interface WorkMarks {
  readonly class: string;
  readonly work: string;
  readonly title: string;
  readonly dueOn: string | null;
  readonly weight: number;
  readonly marked: Cell;
  /** Marks from 0 to 100: mean and quartiles; null where nobody has one. */
  readonly mean: number | null;
  readonly quartiles: readonly [number, number, number] | null;
}

/** Marks per piece of work: the last mark of each learner. */
export function marksByWork(ask: CohortAsk): Question<WorkMarks> {
  const view = { asOf: ask.asOf };
  const marks = sql`(SELECT activity, learner, argMax(scaled, (occurred_at, id)) * 100 AS mark FROM ${liveAttempts(view, onWorkOf(ask))} WHERE scaled IS NOT NULL GROUP BY activity, learner)`;
  return {
    name: 'marksByWork',
    sql: sql`SELECT d.class AS class, d.work AS work, any(d.title) AS title, any(d.due_on) AS due_on, any(d.weight) AS weight,
        ${cell('marked', ask.cellSecret)}, avg(m.mark) AS mean, quantilesExact(0.25, 0.5, 0.75)(m.mark) AS quartiles
      FROM (SELECT e.class AS class, e.learner AS learner, m.activity AS activity, m.mark AS mark
        FROM ${marks} AS m INNER JOIN ${cohort(ask)} AS e ON e.learner = m.learner) AS m
      INNER JOIN ${workAsOf(view)} AS d ON d.work = m.activity AND d.class = m.class
      GROUP BY class, work ORDER BY class, due_on, work`,
    answer: (row) => ({
      class: String(row.class),
      work: String(row.work),
      title: String(row.title),
      dueOn: row.due_on as string | null,
      weight: Number(row.weight),
      marked: cellOf(row, 'marked'),
      mean: row.mean === null ? null : Number(row.mean),
      quartiles: row.quartiles as readonly [number, number, number],
    }),
  };
}

export interface AttendanceWeek {
  readonly week: string;
  readonly marks: number;
  readonly present: number;
  readonly late: number;
  readonly absent: number;
  readonly excused: number;
  readonly learners: Cell;
}

/** Attendance by week, of the learners of a cohort. */
export function attendanceByWeek(ask: CohortAsk & Span): Question<AttendanceWeek> {
  const during = sql` AND marked_on BETWEEN ${date(ask.from)} AND ${date(ask.to)}`;
  const of = (status: string) => sql`countIf(status = ${bind('String', status)})`;
  return {
    name: 'attendanceByWeek',
    sql: sql`SELECT toDate32(toMonday(marked_on)) AS week, count() AS marks, ${of('present')} AS present, ${of('late')} AS late,
        ${of('absent')} AS absent, ${of('excused')} AS excused, ${cell('learners', ask.cellSecret)}
      FROM ${attendanceAsOf({ asOf: ask.asOf }, during)} WHERE learner IN (SELECT learner FROM ${cohort(ask)}) GROUP BY week ORDER BY week`,
    answer: (row) => ({
      week: String(row.week),
      marks: Number(row.marks),
      present: Number(row.present),
      late: Number(row.late),
      absent: Number(row.absent),
      excused: Number(row.excused),
      learners: cellOf(row, 'learners'),
    }),
  };
}
