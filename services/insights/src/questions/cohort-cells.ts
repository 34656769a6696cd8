import {
  activityDays, attendanceAsOf, attributesAsOf, bind, calendarsAsOf, type Cell, cell, classesAsOf, cellOf, cohort, type CohortAsk, contextClasses, date, join, latestScores,
  literal, liveAttempts, onWorkOf, type Question, type Span, sql, type Sql, workAsOf,
} from '@pharos/warehouse'; // prettier-ignore

export type CellLevel = 'tenant' | 'school' | 'course' | 'class';

export interface CellsAsk extends CohortAsk, Span {
  readonly by: CellLevel;
  /** Attributes that the cells are crossed with: none, one or two. */
  readonly attributes: readonly string[];
  readonly target: string;
  /** Probability from which a learner counts as at risk. */
  readonly threshold: number;
}

/** Bands of risk by probability: under .25, under .5, under .75, and the rest. */
export const riskBands = ['riskLow', 'riskSome', 'riskHigh', 'riskVeryHigh'] as const;
export type RiskBandName = (typeof riskBands)[number];

/** Part of a whole, both counted: days of learners, or pieces of work. */
export interface Rate {
  readonly part: number;
  readonly whole: number;
}

/** One group and its figures, not yet suppressed. Means are over its learners and classes; null where nothing was recorded. */
export interface CohortRow {
  readonly group: string;
  /** Value of each attribute asked for; empty where it was not declared. */
  readonly attributes: readonly string[];
  readonly enrolled: Cell;
  readonly active: Cell;
  readonly scored: Cell;
  readonly atRisk: Cell;
  readonly bands: Readonly<Record<RiskBandName, Cell>>;
  /** Learners of whom attendance is kept, and the share of their days at which they were there. */
  readonly attended: Cell;
  readonly attendance: Rate | null;
  readonly marked: Cell;
  /** 0 to 1. */
  readonly meanMark: number | null;
  readonly withWorkDue: Cell;
  /** Share of the work due so far that was handed in. */
  readonly handedIn: Rate | null;
  readonly events: number;
  readonly activeDays: number | null;
}

const groupOf: Readonly<Record<CellLevel, Sql>> = {
  tenant: literal(`''`),
  school: literal('e.school'),
  course: literal('e.course'),
  class: literal('e.class'),
};

/** Value of one attribute of each learner in each class: declared for the class, else for the learner as a whole. */
function attributeJoin(attribute: string, place: 1 | 2, ask: CellsAsk): Sql {
  const declared = attributesAsOf({ asOf: ask.asOf }, sql` AND attribute = ${bind('String', attribute)}`);
  const [inClass, overall] = place === 1 ? ([literal('a1'), literal('b1')] as const) : ([literal('a2'), literal('b2')] as const);
  return sql` LEFT ANY JOIN (SELECT learner, class, value FROM ${declared} WHERE class != '') AS ${inClass} ON ${inClass}.learner = e.learner AND ${inClass}.class = e.class
    LEFT ANY JOIN (SELECT learner, value FROM ${declared} WHERE class = '') AS ${overall} ON ${overall}.learner = e.learner`;
}

const valueOf = (place: 1 | 2): Sql =>
  place === 1 ? literal(`if(a1.value != '', a1.value, b1.value)`) : literal(`if(a2.value != '', a2.value, b2.value)`);

/** Activity within the span, per class and learner. */
const activity = (
  ask: CellsAsk,
): Sql => sql`(SELECT x.class AS class, a.learner AS learner, sum(a.events) AS events, uniqExact(a.day) AS days
  FROM ${activityDays(sql` AND day BETWEEN ${date(ask.from)} AND ${date(ask.to)}`)} AS a
  INNER JOIN ${contextClasses({ asOf: ask.asOf })} AS x ON a.context_id = x.context_id WHERE x.class != '' GROUP BY class, learner)`;

/** Work due before the span's end, and what became of it, per class and learner. */
function work(ask: CellsAsk): Sql {
  const view = { asOf: ask.asOf };
  const handIns = sql`(SELECT activity, learner, argMaxIf(scaled, (occurred_at, id), scaled IS NOT NULL) AS mark
    FROM ${liveAttempts(view, onWorkOf(ask))} WHERE action IN ('submitted', 'scored', 'completed') GROUP BY activity, learner)`;
  return sql`(SELECT m.class AS class, m.learner AS learner, countIf(d.due_on <= ${date(ask.to)}) AS due,
      countIf(d.due_on <= ${date(ask.to)} AND h.activity != '') AS handed_in, avg(if(h.activity = '', NULL, h.mark)) AS mark
    FROM ${cohort(ask)} AS m INNER JOIN ${workAsOf(view)} AS d ON d.class = m.class
    LEFT ANY JOIN ${handIns} AS h ON h.activity = d.work AND h.learner = m.learner GROUP BY class, learner)`;
}

/** Marks of attendance within each class's days, per class and learner. Excused days count as kept and not as absent. */
const attendance = (
  ask: CellsAsk,
): Sql => sql`(SELECT m.class AS class, m.learner AS learner, count() AS marks, countIf(a.status = 'absent') AS absent
  FROM ${cohort(ask)} AS m INNER JOIN ${attendanceAsOf({ asOf: ask.asOf }, sql` AND marked_on <= ${date(ask.to)}`)} AS a ON a.learner = m.learner
  WHERE a.marked_on >= m.start_day AND a.marked_on <= m.end_day AND a.class IN ('', m.class) GROUP BY class, learner)`;

/** Schools that keep attendance, and whether they mark who is there or, as many do, exceptions only. */
const keepers = (ask: CellsAsk): Sql => sql`(SELECT school, countIf(status = 'present') = 0 AS by_exception
  FROM ${attendanceAsOf({ asOf: ask.asOf })} GROUP BY school)`;

/** Days with instruction of each class so far: the days that a school which marks exceptions only has kept. */
const schoolDays = (ask: CellsAsk): Sql => sql`(SELECT c.class AS class,
    arrayCount(d -> has(cal.2, toDayOfWeek(d)) AND NOT has(cal.3, d), arrayMap(n -> c.start_day + n,
      range(toUInt32(greatest(0, toInt32(least(toDate32(${date(ask.to)}), c.end_day)) - toInt32(c.start_day) + 1))))) AS days
  FROM ${classesAsOf({ asOf: ask.asOf })} AS c
  CROSS JOIN (SELECT groupArray((school, weekdays, holidays)) AS cals FROM ${calendarsAsOf({ asOf: ask.asOf })}) AS k
  ARRAY JOIN [ifNull(arrayFirstOrNull(x -> x.1 = c.school, k.cals), ifNull(arrayFirstOrNull(x -> x.1 = '', k.cals),
    ('', [1, 2, 3, 4, 5, 6, 7]::Array(UInt8), []::Array(Date32))))] AS cal)`;

/**
 * A cohort in cells: by a level of the hierarchy, crossed with at most two attributes. Counts are of different learners;
 * nothing is suppressed yet, so the answer must not leave the service as it is.
 *
 * @throws RangeError for more than two attributes
 */
export function cohortCells(ask: CellsAsk): Question<CohortRow> {
  if (ask.attributes.length > 2) throw new RangeError('cells are crossed with at most two attributes');
  const places = ask.attributes.map((attribute, i) => ({ attribute, place: i === 0 ? (1 as const) : (2 as const) }));
  const values = places.map(({ place }) => sql`, ${valueOf(place)} AS ${literal(place === 1 ? 'v1' : 'v2')}`);
  const isScored = sql`is_scored AND active`;
  const bounds = [0, 0.25, 0.5, 0.75, 1.01] as const;
  const secret = ask.cellSecret;
  const bands = riskBands.map((name, i) =>
    cell(
      snake[name],
      secret,
      sql`${isScored} AND probability >= ${bind('Float64', bounds[i])} AND probability < ${bind('Float64', bounds[i + 1])}`,
    ),
  );
  const keys = join([literal('group'), ...places.map(({ place }) => literal(place === 1 ? 'v1' : 'v2'))], ', ');
  // One row per class and learner first: the counts are over plain columns, so that `learner` can mean one thing only.
  const rows = sql`(SELECT ${groupOf[ask.by]} AS group${join(values, '')}, e.learner AS learner, e.active AS active, v.events AS events, v.days AS days,
      s.id != '' AS is_scored, s.probability AS probability, multiIf(w.school = '', 0, w.by_exception, g.days, t.marks) AS marks, greatest(0, toInt64(marks) - toInt64(t.absent)) AS there, k.due AS due, k.handed_in AS work_in, k.mark AS mark
    FROM ${cohort(ask)} AS e
    LEFT ANY JOIN ${activity(ask)} AS v ON v.class = e.class AND v.learner = e.learner
    LEFT ANY JOIN ${latestScores({ asOf: ask.asOf }, sql` AND target = ${bind('String', ask.target)}`)} AS s ON s.class = e.class AND s.learner = e.learner
    LEFT ANY JOIN ${work(ask)} AS k ON k.class = e.class AND k.learner = e.learner
    LEFT ANY JOIN ${attendance(ask)} AS t ON t.class = e.class AND t.learner = e.learner
    LEFT ANY JOIN ${keepers(ask)} AS w ON w.school = e.school
    LEFT ANY JOIN ${schoolDays(ask)} AS g ON g.class = e.class${join(
      places.map(({ attribute, place }) => attributeJoin(attribute, place, ask)),
      '',
    )})`;
  return {
    name: 'cohortCells',
    sql: sql`SELECT ${keys}, ${cell('enrolled', secret, sql`active`)}, ${cell('active_now', secret, sql`active AND events > 0`)},
        ${cell('scored', secret, isScored)}, ${cell('at_risk', secret, sql`${isScored} AND probability >= ${bind('Float64', ask.threshold)}`)}, ${join(bands, ', ')},
        ${cell('attended', secret, sql`active AND marks > 0`)}, sumIf(there, active) AS days_there, sumIf(marks, active) AS days_kept,
        ${cell('marked', secret, sql`active AND mark IS NOT NULL`)}, avgIf(mark, active) AS mean_mark,
        ${cell('with_work_due', secret, sql`active AND due > 0`)}, sumIf(work_in, active) AS work_done, sumIf(due, active) AS work_due,
        sumIf(events, active) AS all_events, avgIf(days, active) AS active_days
      FROM ${rows} GROUP BY ${keys} ORDER BY ${keys}`,
    answer: (row) => ({
      group: String(row.group),
      attributes: places.map(({ place }) => String(row[place === 1 ? 'v1' : 'v2'])),
      enrolled: cellOf(row, 'enrolled'),
      active: cellOf(row, 'active_now'),
      scored: cellOf(row, 'scored'),
      atRisk: cellOf(row, 'at_risk'),
      bands: {
        riskLow: cellOf(row, 'risk_low'),
        riskSome: cellOf(row, 'risk_some'),
        riskHigh: cellOf(row, 'risk_high'),
        riskVeryHigh: cellOf(row, 'risk_very_high'),
      },
      attended: cellOf(row, 'attended'),
      attendance: rateOf(row.days_there, row.days_kept),
      marked: cellOf(row, 'marked'),
      meanMark: numberOf(row.mean_mark),
      withWorkDue: cellOf(row, 'with_work_due'),
      handedIn: rateOf(row.work_done, row.work_due),
      events: Number(row.all_events),
      activeDays: numberOf(row.active_days),
    }),
  };
}

const snake = { riskLow: 'risk_low', riskSome: 'risk_some', riskHigh: 'risk_high', riskVeryHigh: 'risk_very_high' } as const;
const numberOf = (value: unknown): number | null =>
  value === null || value === undefined || Number.isNaN(Number(value)) ? null : Number(value);
const rateOf = (part: unknown, whole: unknown): Rate | null => (Number(whole) > 0 ? { part: Number(part), whole: Number(whole) } : null);
