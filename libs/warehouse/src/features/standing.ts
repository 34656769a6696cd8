import { type FeatureScope, learnerRows, rows } from './cuts.js';
import { type Sql, sql } from '../sql.js';

/**
 * Common tables about presence, behaviour, reports and what came before: `absences`, `troubles`, `reports`, `past`,
 * `term_load` and `failing` (over all classes of the learner's term, whichever classes the question asks for: a score must come
 * out the same when one class is asked for again), and `tracked`, which says per school what is recorded there at all (no record of incidents is not a record of none).
 */
export function standingTables(scope: FeatureScope): Sql {
  const attendance = learnerRows('attendance', 't', scope);
  const incidents = learnerRows('incidents', 't', scope);
  const grades = learnerRows('grades', 'g', scope);
  const enrolments = learnerRows('enrolments', 'e', scope);
  const classes = rows('classes', 'c', scope);
  const outcomes = learnerRows('outcomes', 't', scope);
  const latest = sql`(SELECT max(cut) FROM cuts)`;
  return sql`
marked AS (
  SELECT t.learner AS learner, t.marked_on AS marked_on, t.class AS class, any(t.school) AS school,
    argMax(t.status, (t.known_at, t.log_offset)) AS status, min(t.known_at) AS known_at
  FROM ${attendance} WHERE t.known_at <= ${latest} GROUP BY learner, marked_on, class
),
absences AS (
  SELECT m.class AS class, m.learner AS learner, uniqExactIf(a.marked_on, a.status = 'absent') AS absent,
    uniqExactIf(a.marked_on, a.status = 'late') AS tardy, uniqExactIf(a.marked_on, a.status = 'absent' AND a.marked_on > i.cut_day - 14) AS absent_14
  FROM members AS m INNER JOIN info AS i ON i.class = m.class INNER JOIN marked AS a ON a.learner = m.learner
  WHERE a.known_at <= i.cut AND a.marked_on >= i.start_day AND a.marked_on <= i.cut_day AND a.class IN ('', m.class) GROUP BY class, learner
),
behaved AS (
  SELECT t.learner AS learner, t.school AS school, t.happened_on AS happened_on, t.known_at AS known_at
  FROM ${incidents} WHERE t.known_at <= ${latest}
),
troubles AS (
  SELECT m.class AS class, m.learner AS learner, count() AS incidents
  FROM members AS m INNER JOIN info AS i ON i.class = m.class INNER JOIN behaved AS n ON n.learner = m.learner
  WHERE n.known_at <= i.cut AND n.happened_on >= i.start_day AND n.happened_on <= i.cut_day GROUP BY class, learner
),
tracked AS (
  SELECT i.class AS class, i.school IN (SELECT school FROM marked) AS attendance, i.school IN (SELECT school FROM behaved) AS incidents FROM info AS i
),
reports AS (
  SELECT g.class AS class, g.learner AS learner, argMax((g.percent, g.passing), (g.reported_on, g.log_offset)) AS last
  FROM ${grades} INNER JOIN cuts AS cu ON g.class = cu.class
  WHERE g.known_at <= cu.cut GROUP BY class, learner
),
terms AS (
  SELECT c.class AS class, argMax(c.term, (c.known_at, c.log_offset)) AS term FROM ${classes} GROUP BY class
),
term_load AS (
  SELECT m.class AS class, m.learner AS learner, uniqExact(e.class) AS classes
  FROM members AS m INNER JOIN info AS i ON i.class = m.class INNER JOIN ${enrolments} ON e.learner = m.learner INNER JOIN terms AS o ON o.class = e.class
  WHERE o.term = i.term AND e.known_at <= i.cut GROUP BY class, learner
),
failing AS (
  SELECT class, learner, countIf(passing = 0) AS classes FROM (
    SELECT m.class AS class, m.learner AS learner, g.class AS other, argMax(g.passing, (g.reported_on, g.log_offset)) AS passing
    FROM members AS m INNER JOIN info AS i ON i.class = m.class INNER JOIN ${grades} ON g.learner = m.learner INNER JOIN terms AS o ON o.class = g.class
    WHERE o.term = i.term AND g.known_at <= i.cut GROUP BY class, learner, other
  ) GROUP BY class, learner
),
ended AS (
  SELECT t.learner AS learner, t.class AS class, t.outcome AS outcome, t.known_at AS known_at
  FROM ${outcomes} WHERE t.known_at <= ${latest}
),
past AS (
  SELECT m.class AS class, m.learner AS learner, uniqExactIf(o.class, o.outcome IN ('pass', 'distinction')) AS passed,
    uniqExactIf(o.class, o.outcome IN ('fail', 'withdrawn')) AS not_passed
  FROM members AS m INNER JOIN info AS i ON i.class = m.class INNER JOIN ended AS o ON o.learner = m.learner
  WHERE o.known_at <= i.cut AND o.class != m.class GROUP BY class, learner
)`;
}
