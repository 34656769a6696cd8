import { contextClasses } from '../fragments/classes.js';
import { latestScores, scoresAsOf } from '../fragments/rosters.js';
import { activityWeeks } from '../fragments/statements.js';
import { type Question, type View } from '../question.js';
import { bind, type Bound, date, literal, sql, type Sql } from '../sql.js';
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

/** A span may have as many weeks as a mask has bits. */
const MOST_WEEKS = 64;

/** Weeks since Monday 29 December 1969, as in `activity_weeks`. */
const weekOf = (day: Sql) => sql`intDiv(toInt32(${day}) + 3, 7)`;

function weeksOf({ from, to }: Span): { readonly first: number; readonly count: number } {
  const index = (day: string) => Math.floor((Date.parse(day) / 86_400_000 + 3) / 7);
  const count = index(to) - index(from) + 1;
  if (!(count >= 1 && count <= MOST_WEEKS)) throw new RangeError(`from ${from} to ${to} must be 1 to ${MOST_WEEKS} weeks`);
  return { first: index(from), count };
}

/** Bits of the weeks in which each learner of a class was active, bit 0 being the span's first week: class, learner, mask. */
function activeMasks(first: Bound, view: View): Sql {
  const shift = sql`(toInt32(w.era) * 64 - ${first})`;
  return sql`(SELECT x.class AS class, w.learner AS learner, groupBitOr(multiIf(abs(${shift}) >= 64, toUInt64(0),
      ${shift} >= 0, bitShiftLeft(w.weeks, toUInt8(abs(${shift}))), bitShiftRight(w.weeks, toUInt8(abs(${shift}))))) AS mask
    FROM ${activityWeeks()} AS w INNER JOIN ${contextClasses(view)} AS x ON w.context_id = x.context_id WHERE x.class != '' GROUP BY class, learner)`;
}

/**
 * Enrolled and active learners by week, at most 64 weeks. Ask again with a span 364 days earlier for the same weeks of the
 * last year. Enrolled: registered by the week's end, not withdrawn before it, the class running. Active: any event of an
 * enrolled learner in the week.
 *
 * Weeks are bits: an enrolment is a run of them, and learners with several classes are an OR, so that a year of 30,000
 * enrolments never becomes a million rows.
 */
export function overviewByWeek(ask: CohortAsk & Span): Question<WeekOfCohort> {
  const { first, count } = weeksOf(ask);
  const [start, weeks] = [bind('Int32', first), bind('Int32', count)];
  const bits = (mask: string, value: string) =>
    sql`sumForEach(arrayMap(i -> if(bitTest(${literal(mask)}, i), ${literal(value)}, 0), range(toUInt8(${weeks}))))`;
  return {
    name: 'overviewByWeek',
    sql: sql`SELECT toDate32((${start} + i) * 7 - 3) AS week, n[i + 1] AS enrolled, toString(n_key[i + 1]) AS enrolled_key,
        a[i + 1] AS active, toString(a_key[i + 1]) AS active_key
      FROM (SELECT ${bits('enrolled', 'toUInt64(1)')} AS n, ${bits('enrolled', 'h')} AS n_key, ${bits('active', 'toUInt64(1)')} AS a, ${bits('active', 'h')} AS a_key
        FROM (SELECT cityHash64(${bind('String', ask.cellSecret)}, learner) AS h, groupBitOr(in_weeks) AS enrolled, groupBitOr(bitAnd(in_weeks, mask)) AS active
          FROM (SELECT e.learner AS learner, m.mask AS mask,
              greatest(${weekOf(sql`greatest(e.from_day, e.start_day)`)} - ${start}, 0) AS low,
              least(${weekOf(sql`least(e.to_day, e.end_day)`)} - ${start}, ${weeks} - 1) AS high,
              if(high < low, toUInt64(0), bitShiftLeft(bitShiftRight(bitNot(toUInt64(0)), toUInt8(63 - (high - low))), toUInt8(low))) AS in_weeks
            FROM ${cohort(ask)} AS e LEFT ANY JOIN ${activeMasks(start, { asOf: ask.asOf })} AS m ON e.class = m.class AND e.learner = m.learner)
          GROUP BY learner HAVING enrolled != 0))
      ARRAY JOIN range(toUInt8(${weeks})) AS i WHERE n[i + 1] > 0 ORDER BY week`,
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
