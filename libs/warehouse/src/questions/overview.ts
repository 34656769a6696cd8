import { latestScores, scoresAsOf } from '../fragments/rosters.js';
import { type Question } from '../question.js';
import { bind, date, literal, sql } from '../sql.js';
import { activityOfClasses, type Cell, cell, cellOf, cohort, type CohortAsk } from './cohort.js';

export interface WeekOfCohort {
  /** Monday of the week. */
  readonly week: string;
  readonly enrolled: Cell;
  readonly active: Cell;
}

/** Days between which a question looks, both inclusive, `2014-10-06`. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

/** The Mondays of a span. */
const mondays = ({ from, to }: Span) =>
  sql`(SELECT arrayJoin(arrayMap(i -> toDate32(toMonday(${date(from)})) + 7 * i, range(toUInt32(dateDiff('week', toMonday(${date(from)}), toMonday(${date(to)})) + 1)))) AS week)`;

/**
 * Enrolled and active learners by week. Ask again with a span 364 days earlier for the same weeks of the last year.
 * Enrolled: registered by the week's end, not withdrawn before it, the class running. Active: any event in the week.
 */
export function overviewByWeek(ask: CohortAsk & Span): Question<WeekOfCohort> {
  return {
    name: 'overviewByWeek',
    sql: sql`SELECT week, ${cell('enrolled', ask.cellSecret)}, ${cell('active', ask.cellSecret, sql`was_active`)} FROM (
      SELECT w.week AS week, e.learner AS learner, max((e.class, e.learner, w.week) IN (
          SELECT class, learner, toDate32(toMonday(day)) FROM ${activityOfClasses(ask.from, ask.to, { asOf: ask.asOf })} GROUP BY 1, 2, 3)) AS was_active
      FROM ${mondays(ask)} AS w CROSS JOIN ${cohort(ask)} AS e
      WHERE greatest(e.from_day, e.start_day) <= w.week + 6 AND least(e.to_day, e.end_day) >= w.week
      GROUP BY w.week, e.learner
    ) GROUP BY week ORDER BY week`,
    answer: (row) => ({ week: String(row.week), enrolled: cellOf(row, 'enrolled'), active: cellOf(row, 'active') }),
  };
}

export interface RiskWeek {
  readonly week: string;
  readonly scored: Cell;
  readonly atRisk: Cell;
}

/** At-risk learners by week: the last score of each learner and class within the week, against a threshold of probability. */
export function atRiskByWeek(ask: CohortAsk & Span & { readonly target: string; readonly threshold: number }): Question<RiskWeek> {
  const during = sql` AND target = ${bind('String', ask.target)} AND toDate32(as_of) BETWEEN ${date(ask.from)} AND ${date(ask.to)}`;
  const scores = sql`(SELECT class, learner, toDate32(toMonday(as_of)) AS week, argMax(probability, as_of) AS p
    FROM ${scoresAsOf({ asOf: ask.asOf }, during)} GROUP BY class, learner, week)`;
  return {
    name: 'atRiskByWeek',
    sql: sql`SELECT s.week AS week, ${cell('scored', ask.cellSecret)}, ${cell('at_risk', ask.cellSecret, sql`s.p >= ${bind('Float64', ask.threshold)}`)}
      FROM ${scores} AS s WHERE (s.class, s.learner) IN (SELECT class, learner FROM ${cohort(ask)}) GROUP BY week ORDER BY week`,
    answer: (row) => ({ week: String(row.week), scored: cellOf(row, 'scored'), atRisk: cellOf(row, 'at_risk') }),
  };
}

export interface GroupRow {
  readonly group: string;
  readonly enrolled: Cell;
  readonly active: Cell;
  readonly scored: Cell;
  readonly atRisk: Cell;
}

/** The cohort by course, school, class or term: enrolled now, active in the span, at risk by the latest score. */
export function overviewByGroup(
  ask: CohortAsk & Span & { readonly by: 'course' | 'school' | 'class' | 'term'; readonly target: string; readonly threshold: number },
): Question<GroupRow> {
  const view = { asOf: ask.asOf };
  return {
    name: 'overviewByGroup',
    sql: sql`SELECT ${literal(`e.${ask.by}`)} AS group, ${cell('enrolled', ask.cellSecret, sql`e.active`)},
        ${cell('active', ask.cellSecret, sql`(e.class, e.learner) IN (SELECT DISTINCT class, learner FROM ${activityOfClasses(ask.from, ask.to, view)})`)},
        ${cell('scored', ask.cellSecret, sql`s.id != ''`)}, ${cell('at_risk', ask.cellSecret, sql`s.id != '' AND s.probability >= ${bind('Float64', ask.threshold)}`)}
      FROM ${cohort(ask)} AS e LEFT ANY JOIN ${latestScores(view, sql` AND target = ${bind('String', ask.target)}`)} AS s
        ON e.class = s.class AND e.learner = s.learner
      GROUP BY group ORDER BY group`,
    answer: (row) => ({
      group: String(row.group),
      enrolled: cellOf(row, 'enrolled'),
      active: cellOf(row, 'active'),
      scored: cellOf(row, 'scored'),
      atRisk: cellOf(row, 'at_risk'),
    }),
  };
}

export interface RiskBand {
  /** Lower bound of the band of probability; bands are 0.1 wide. */
  readonly from: number;
  readonly learners: Cell;
}

/** How the latest risks of a cohort are spread, in ten bands. A learner with several classes counts with the highest. */
export function riskDistribution(ask: CohortAsk & { readonly target: string }): Question<RiskBand> {
  const scores = latestScores({ asOf: ask.asOf }, sql` AND target = ${bind('String', ask.target)}`);
  return {
    name: 'riskDistribution',
    sql: sql`SELECT band, ${cell('learners', ask.cellSecret)} FROM (
        SELECT learner, least(floor(max(probability) * 10), 9) / 10 AS band FROM ${scores}
        WHERE (class, learner) IN (SELECT class, learner FROM ${cohort(ask)}) GROUP BY learner)
      GROUP BY band ORDER BY band`,
    answer: (row) => ({ from: Number(row.band), learners: cellOf(row, 'learners') }),
  };
}
