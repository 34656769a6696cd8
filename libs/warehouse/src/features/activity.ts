import { type FeatureScope, learnerRows, viewOf } from './cuts.js';
import { liveStatements } from '../fragments/statements.js';
import { type Sql, sql } from '../sql.js';

/** Statements by which others act (marks) or that only hand in are work, not activity. */
export const notActivity = sql`('submitted', 'scored', 'voided')`;

/**
 * Common tables `activity` (per member: how much, of what kind, on which days), `seen` (classes whose platforms report
 * single events at all) and `totals` (platforms' own totals, for classes without events).
 */
export function activityTables(scope: FeatureScope): Sql {
  const statements = sql`${liveStatements(viewOf(scope))} AS s`;
  const summaries = learnerRows('activity_summaries', 's', scope);
  return sql`
live AS (
  SELECT c.class AS class, s.learner AS learner, toDate32(s.occurred_at) AS day, s.kind AS kind, s.amount AS amount,
    toInt32(i.cut_day) - toInt32(day) AS days_ago, i.start_day AS start_day
  FROM ${statements} INNER JOIN class_contexts AS c ON s.context_id = c.context_id INNER JOIN info AS i ON i.class = c.class
  WHERE s.action NOT IN ${notActivity} AND s.known_at <= i.cut AND s.occurred_at <= i.cut
),
activity AS (
  SELECT class, learner,
    sumIf(amount, days_ago < 7) AS last_7, sumIf(amount, days_ago < 14) AS last_14, sumIf(amount, days_ago < 28) AS last_28, sum(amount) AS so_far,
    sumIf(amount, days_ago >= 7 AND days_ago < 14) AS week_before,
    sumIf(amount, kind = 'video') AS video, sumIf(amount, kind IN ('reading', 'page', 'file')) AS reading,
    sumIf(amount, kind IN ('practice', 'game')) AS practice, sumIf(amount, kind = 'forum') AS forum,
    sumIf(amount, kind IN ('assessment', 'assignment')) AS assessment,
    uniqExactIf(day, days_ago < 7) AS days_7, uniqExactIf(day, days_ago < 28) AS days_28, uniqExactIf(day, day >= start_day) AS days_so_far,
    uniqExactIf(toMonday(day), day >= start_day) AS weeks_so_far,
    max(day) AS last_day, sumIf(amount, day < start_day) AS before_start, sumIf(amount, day <= start_day + 56) AS to_day_56
  FROM live GROUP BY class, learner
),
seen AS (SELECT DISTINCT class FROM activity),
totals AS (
  SELECT s.class AS class, s.learner AS learner,
    argMaxOrNullIf(s.amount, (s.known_at, s.log_offset), s.to_day < i.start_day) AS before_start,
    argMaxOrNullIf(s.amount, (s.known_at, s.log_offset), s.to_day = i.start_day + 56) AS to_day_56
  FROM ${summaries} INNER JOIN info AS i ON s.class = i.class
  WHERE s.known_at <= i.cut GROUP BY class, learner
)`;
}
