import { type View } from '../question.js';
import { nothing, sql, type Sql } from '../sql.js';
import { canonically } from './learners.js';
import { scoped } from './scoped.js';

/** Rows that no void speaks of. A voiding statement cannot itself be voided (xAPI), so it stays. */
function notVoided(view: View): Sql {
  return sql`(action = 'voided' OR id NOT IN (SELECT target FROM ${scoped('voids', view)}))`;
}

/**
 * Statements that stand: each once, without the voided ones, as of a view, with `learner` replaced by the canonical token.
 * Columns as in the table, plus `context_id` and `token` (the learner as recorded). `where` is put beside the tenant's
 * condition, so give it columns of the sort key (learner, occurred_at) to read less.
 *
 * @example sql`SELECT learner, count() FROM ${liveStatements({ asOf })} GROUP BY learner`
 */
export function liveStatements(view: View = {}, where: Sql = nothing): Sql {
  return canonically(sql`(SELECT * FROM ${scoped('statements', view, where)} WHERE ${notVoided(view)})`, view);
}

/** The same for the narrow table of what was handed in, answered or marked: columns `activity`, `learner`, `action`, `scaled`, ... */
export function liveAttempts(view: View = {}, where: Sql = nothing): Sql {
  return canonically(sql`(SELECT * FROM ${scoped('attempts', view, where)} WHERE ${notVoided(view)})`, view);
}

/** Graded answers that stand, with `learner` canonical and `token` as recorded: activity, skills, correct, duration_seconds, hints, ... */
export const liveAnswers = (view: View = {}, where: Sql = nothing): Sql => standing('answers', view, where);

function standing(table: 'answers' | 'help_asked', view: View, where: Sql): Sql {
  return canonically(
    sql`(SELECT * FROM ${scoped(table, view, where)} WHERE id NOT IN (SELECT target FROM ${scoped('voids', view)}))`,
    view,
  );
}

/**
 * The same with `hints` filled in from help that was asked for by statements of its own: requests at the item since the learner's answer to it before. A count
 * that the answer itself brings goes first. Statements may come in any order, because nothing is counted before it is read.
 */
export function answersWithHelp(view: View = {}, where: Sql = nothing): Sql {
  const together = sql`(SELECT learner, id, activity, skills, correct, occurred_at, recorded_at, duration_seconds, hints, toUInt8(0) AS help FROM ${standing('answers', view, where)}
    UNION ALL SELECT learner, id, activity, [], 0, occurred_at, recorded_at, NULL, NULL, toUInt8(1) AS help FROM ${standing('help_asked', view, where)})`;
  const counted = sql`(SELECT *, sum(help) OVER (PARTITION BY learner, activity ORDER BY occurred_at, help DESC, id ROWS UNBOUNDED PRECEDING) AS asked FROM ${together})`;
  const before = sql`lagInFrame(asked, 1, toUInt64(0)) OVER (PARTITION BY learner, activity ORDER BY occurred_at, id)`;
  return sql`(SELECT * REPLACE (ifNull(hints, toUInt32(asked - ${before})) AS hints) FROM (SELECT * FROM ${counted} WHERE help = 0))`;
}

/**
 * Activity per canonical learner, UTC day, context and kind, from the roll-up. It holds what is live now: questions about a
 * past moment go to `liveStatements`. Columns: learner, day, context_id, kind, credential, events, amount, seconds.
 */
export function activityDays(where: Sql = nothing): Sql {
  return canonically(sql`(SELECT * FROM ${scoped('activity_days', {}, where)} WHERE events > 0)`);
}

/** Weeks of activity as bits, 64 a row: learner, context_id, era, weeks; see the table for the count of weeks. */
export function activityWeeks(): Sql {
  return canonically(sql`(SELECT * FROM ${scoped('activity_weeks')} WHERE weeks != 0)`);
}

/** Totals as platforms reported them, the latest of each name and start; canonical learners. */
export function activitySummaries(view: View = {}, where: Sql = nothing): Sql {
  return sql`(SELECT * FROM ${canonically(scoped('activity_summaries', view, where), view)}
    ORDER BY known_at DESC, log_offset DESC, id DESC LIMIT 1 BY class, learner, period, from_day)`;
}
