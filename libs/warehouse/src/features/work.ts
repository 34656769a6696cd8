import { type FeatureScope, learnerRows, rows, viewOf } from './cuts.js';
import { liveAttempts } from '../fragments/statements.js';
import { type Sql, sql } from '../sql.js';

/**
 * Common table `works`: what was due, handed in, late, missed, and how it was marked, per member.
 *
 * Work counts as due from the day after its due date, which accommodations move. Marks of weight 0 (practice) are left
 * out of every mean where other work weighs: how they are marked differs from year to year. In a course of which nothing but the exam weighs, all count alike.
 * `standing` is a mark in deviations from what the classmates got for the same work, so that works of all difficulties add up.
 */
export function workTables(scope: FeatureScope): Sql {
  const work = rows('work', 'w', scope);
  const attempts = sql`${liveAttempts(viewOf(scope))} AS a`;
  const accommodations = learnerRows('accommodations', 'a', scope);
  return sql`
due AS (
  SELECT w.class AS class, w.work AS work, argMax((w.due_on, w.weight, w.kind), (w.known_at, w.log_offset)) AS last,
    last.1 AS due_on, last.2 AS weight, last.3 AS kind
  FROM ${work} INNER JOIN info AS i ON w.class = i.class WHERE w.known_at <= i.cut GROUP BY w.class, w.work
),
weighty AS (SELECT class FROM due WHERE kind != 'exam' GROUP BY class HAVING max(weight) > 0),
tries AS (
  SELECT a.activity AS work, a.learner AS learner, c.class AS class, toDate32(min(a.occurred_at)) AS handed_in_on,
    argMaxOrNullIf(a.scaled, (a.known_at, a.log_offset), a.scaled IS NOT NULL) AS mark
  FROM ${attempts} INNER JOIN class_contexts AS c ON a.context_id = c.context_id INNER JOIN info AS i ON i.class = c.class
  WHERE a.known_at <= i.cut AND a.occurred_at <= i.cut
  GROUP BY work, learner, class
),
extra AS (
  SELECT a.learner AS learner, a.class AS class, a.work AS work, argMax(ifNull(a.extra_days, 0), (a.known_at, a.log_offset)) AS extra_days
  FROM ${accommodations}
  WHERE a.known_at <= (SELECT max(cut) FROM cuts) AND a.extra_days IS NOT NULL GROUP BY learner, class, work
),
pieces AS (
  SELECT m.class AS class, m.learner AS learner, d.work AS work, if(d.weight > 0, d.weight, 1) AS weight, d.weight AS stated_weight,
    d.due_on + greatest(x1.extra_days, x2.extra_days, x3.extra_days) AS due_on, due_on < i.cut_day AS is_due,
    t.work != '' AS given, t.handed_in_on AS handed_in_on,
    if(d.weight > 0 OR d.class NOT IN (SELECT class FROM weighty), t.mark, NULL) AS mark, i.start_day AS start_day
  FROM members AS m INNER JOIN due AS d ON m.class = d.class INNER JOIN info AS i ON i.class = m.class
  LEFT JOIN tries AS t ON t.class = m.class AND t.learner = m.learner AND t.work = d.work
  LEFT JOIN extra AS x1 ON x1.learner = m.learner AND x1.class = m.class AND x1.work = d.work
  LEFT JOIN extra AS x2 ON x2.learner = m.learner AND x2.class = m.class AND x2.work = ''
  LEFT JOIN extra AS x3 ON x3.learner = m.learner AND x3.class = '' AND x3.work = ''
  WHERE d.due_on IS NOT NULL
),
compared AS (
  SELECT *, avg(given) OVER same_work AS given_share, (mark - avg(mark) OVER same_work) / greatest(0.01, stddevPop(mark) OVER same_work) AS standing
  FROM pieces WINDOW same_work AS (PARTITION BY class, work)
),
works AS (
  -- Several pieces may be due on one day: which of them is the last must not depend on the order in which rows come.
  SELECT class, learner,
    countIf(is_due) AS due, countIf(is_due AND given) AS handed_in, countIf(is_due AND NOT given) AS missed,
    countIf(given AND handed_in_on > due_on) AS late, countIf(given AND NOT is_due) AS ahead,
    sumIf(stated_weight, is_due AND NOT given) AS missed_weight, sumIf(given_share, is_due AND NOT given) AS missed_alone, countIf(given AND handed_in_on < start_day) AS banked,
    avgOrNullIf(toInt32(due_on) - toInt32(handed_in_on), given AND handed_in_on >= start_day) AS days_early,
    argMaxOrNullIf(toInt32(due_on) - toInt32(handed_in_on), (due_on, work), given AND handed_in_on >= start_day) AS days_early_last,
    maxOrNullIf(handed_in_on, given AND handed_in_on >= start_day) AS handed_in_last,
    avgOrNullIf(standing, standing IS NOT NULL) AS mark_standing, argMaxOrNullIf(standing, (due_on, work), standing IS NOT NULL) AS mark_standing_last,
    sumOrNullIf(mark * weight, mark IS NOT NULL) / sumOrNullIf(weight, mark IS NOT NULL) AS mark_mean,
    argMaxOrNullIf(mark, (due_on, work), mark IS NOT NULL) AS mark_last, minOrNullIf(mark, mark IS NOT NULL) AS mark_lowest,
    argMinOrNullIf(mark, (due_on, work), mark IS NOT NULL) AS mark_first, countIf(mark IS NOT NULL) AS marks,
    argMaxOrNullIf(toUInt8(NOT given), (due_on, work), is_due) AS missed_latest
  FROM compared GROUP BY class, learner
)`;
}
