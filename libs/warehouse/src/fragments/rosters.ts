import { type View } from '../question.js';
import { literal, nothing, sql, type Sql } from '../sql.js';
import { canonically } from './learners.js';
import { latest, scoped } from './scoped.js';
import { type KeptTable } from '../tables/tables.js';

/** The last row per key, keyed by canonical learner. */
function latestOfLearner(table: KeptTable, keys: string, view: View, where: Sql): Sql {
  return sql`(SELECT * FROM ${canonically(scoped(table, view, where), view)}
    ORDER BY known_at DESC, log_offset DESC, id DESC LIMIT 1 BY ${literal(keys)})`;
}

/**
 * Enrolments as of a view, withdrawn ones too: class, learner, registered_on, previous_attempts, credits, enrolled_at
 * (known), withdrawn_on (null while enrolled), active (0 or 1).
 *
 * Whichever of enrolment and withdrawal was known last holds, so that coming back after a withdrawal counts.
 */
export function enrolmentsAsOf(view: View = {}, where: Sql = nothing): Sql {
  return sql`(SELECT e.class AS class, e.learner AS learner, e.registered_on AS registered_on, e.previous_attempts AS previous_attempts,
      e.credits AS credits, e.known_at AS enrolled_at,
      if(w.id != '' AND (w.known_at, w.log_offset) > (e.known_at, e.log_offset), toNullable(w.withdrawn_on), NULL) AS withdrawn_on,
      withdrawn_on IS NULL AS active
    FROM ${latestOfLearner('enrolments', 'class, learner', view, where)} AS e
    LEFT ANY JOIN ${latestOfLearner('withdrawals', 'class, learner', view, where)} AS w ON e.class = w.class AND e.learner = w.learner)`;
}

/** Work as last announced: class, work (activity IRI), title, kind, due_on (null without a date), weight in percent. */
export function workAsOf(view: View = {}, where: Sql = nothing): Sql {
  return latest('work', 'class, work', view, where);
}

/** Marks of report cards, the last of each day: class, learner, reported_on, percent, passing. */
export function gradesAsOf(view: View = {}, where: Sql = nothing): Sql {
  return latestOfLearner('grades', 'class, learner, reported_on', view, where);
}

/** How enrolments ended: class, learner, outcome, decided_on. */
export function outcomesAsOf(view: View = {}, where: Sql = nothing): Sql {
  return latestOfLearner('outcomes', 'class, learner', view, where);
}

/** Attendance, the last mark of each learner, day and class: learner, marked_on, school, class, status. */
export function attendanceAsOf(view: View = {}, where: Sql = nothing): Sql {
  return latestOfLearner('attendance', 'learner, marked_on, school, class', view, where);
}

/** Every incident: learner, happened_on, school, severity. */
export function incidentsAsOf(view: View = {}, where: Sql = nothing): Sql {
  return canonically(scoped('incidents', view, where), view);
}

/** Attributes as last declared: learner, attribute, class (empty for all), value, protected. */
export function attributesAsOf(view: View = {}, where: Sql = nothing): Sql {
  return latestOfLearner('attributes', 'learner, attribute, class', view, where);
}

/** Accommodations as last declared: learner, class and work (empty for all), time_factor, extra_days. */
export function accommodationsAsOf(view: View = {}, where: Sql = nothing): Sql {
  return latestOfLearner('accommodations', 'learner, class, work', view, where);
}

/** Which counselors a learner has: learner, counselor, school. */
export function counselorsAsOf(view: View = {}): Sql {
  return sql`(SELECT * FROM ${latestOfLearner('counselors', 'learner, counselor, school', view, nothing)} WHERE active = 1)`;
}

/** Which teachers a class has: class, teacher. */
export function teachersAsOf(view: View = {}): Sql {
  return sql`(SELECT * FROM ${latest('teachers', 'class, teacher', view)} WHERE active = 1)`;
}

/** Every score: target, class, learner, as_of, week, probability, ... */
export function scoresAsOf(view: View = {}, where: Sql = nothing): Sql {
  return canonically(scoped('scores', view, where), view);
}

/**
 * Scores, the latest `as_of` per learner, class and target. First per token as recorded, in the order of the table's key,
 * which leaves little for the sort by canonical learner.
 */
export function latestScores(view: View = {}, where: Sql = nothing): Sql {
  const newest = sql`(SELECT * FROM ${scoped('scores', view, where)}
    ORDER BY target, class, learner, as_of DESC, log_offset DESC, id DESC LIMIT 1 BY target, class, learner)`;
  return sql`(SELECT * FROM ${canonically(newest, view)}
    ORDER BY as_of DESC, log_offset DESC, id DESC LIMIT 1 BY target, class, learner)`;
}
