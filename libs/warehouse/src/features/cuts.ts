import { canonically } from '../fragments/learners.js';
import { scoped } from '../fragments/scoped.js';
import { type View } from '../question.js';
import { bind, literal, type Sql, sql } from '../sql.js';
import { type KeptTable } from '../tables/tables.js';

/** A class and the moment up to which it is looked at: now for a class that runs, an earlier day of it for training. */
export interface Cut {
  readonly class: string;
  /** Nothing known or happening after it is seen. ISO 8601. */
  readonly at: string;
}

/** What a question about features is asked for. */
export interface FeatureScope {
  readonly cuts: readonly Cut[];
  /** Next offsets per topic that a first run had read; a repeat sees nothing at or above them. */
  readonly positions?: Readonly<Record<string, readonly number[]>>;
}

/** What a table's rows are bounded by before each class's own cut: nothing later than the latest of them. */
export function viewOf({ cuts, positions }: FeatureScope): View {
  const latest = cuts.reduce((last, cut) => (cut.at > last ? cut.at : last), '');
  return { ...(latest === '' ? {} : { asOf: latest }), ...(positions ? { positions } : {}) };
}

/** Rows of a table under an alias; each query still has to leave out what its class's cut did not know. */
export const rows = (table: KeptTable, alias: string, scope: FeatureScope): Sql =>
  sql`${scoped(table, viewOf(scope))} AS ${literal(alias)}`;

/** The same for a table about learners, who go by their canonical token. */
export function learnerRows(table: KeptTable, alias: string, scope: FeatureScope): Sql {
  const view = viewOf(scope);
  return sql`${canonically(scoped(table, view), view)} AS ${literal(alias)}`;
}

/**
 * Common tables: `cuts`, `info` (each class as defined by its cut), `school_days` (days with
 * instruction so far, sorted), `class_contexts` (which class a statement's context means) and `members`.
 */
export function classTables(scope: FeatureScope): Sql {
  const classes = rows('classes', 'c', scope);
  const calendars = rows('calendars', 'c', scope);
  const enrolments = learnerRows('enrolments', 'e', scope);
  const withdrawals = learnerRows('withdrawals', 'w', scope);
  const names = bind('Array(String)', scope.cuts.map((cut) => cut.class)); // prettier-ignore
  const moments = bind('Array(Int64)', scope.cuts.map((cut) => Date.parse(cut.at))); // prettier-ignore
  return sql`
cuts AS (
  SELECT tupleElement(pair, 1) AS class, fromUnixTimestamp64Milli(tupleElement(pair, 2), 'UTC') AS cut, toDate32(cut) AS cut_day
  FROM (SELECT arrayJoin(arrayZip(${names}, ${moments})) AS pair)
),
info AS (
  SELECT cu.class AS class, any(cu.cut) AS cut, any(cu.cut_day) AS cut_day,
    argMax((c.start_day, c.end_day, c.school, c.iris, c.term, c.course), (c.known_at, c.log_offset)) AS last,
    last.1 AS start_day, last.2 AS end_day, last.3 AS school, last.4 AS iris, last.5 AS term, last.6 AS course, toInt32(cut_day) - toInt32(start_day) AS day_number
  FROM ${classes} INNER JOIN cuts AS cu ON c.class = cu.class WHERE c.known_at <= cu.cut GROUP BY cu.class
),
school_days AS (
  SELECT i.class AS class, arraySort(arrayFilter(d -> has(cal.2, toDayOfWeek(d)) AND NOT has(cal.3, d),
    arrayMap(n -> i.start_day + n, range(toUInt32(greatest(0, i.day_number + 1)))))) AS days
  FROM info AS i CROSS JOIN (
    SELECT groupArray((school, weekdays, holidays)) AS cals FROM (
      SELECT c.school AS school, argMax(c.weekdays, (c.known_at, c.log_offset)) AS weekdays, argMax(c.holidays, (c.known_at, c.log_offset)) AS holidays
      FROM ${calendars} WHERE c.known_at <= (SELECT max(cut) FROM cuts) GROUP BY school)) AS k
  ARRAY JOIN [ifNull(arrayFirstOrNull(c -> c.1 = i.school, k.cals), ifNull(arrayFirstOrNull(c -> c.1 = '', k.cals),
    ('', [1, 2, 3, 4, 5, 6, 7]::Array(UInt8), []::Array(Date32))))] AS cal
),
class_contexts AS (
  SELECT x.context_id AS context_id, argMin(i.class, indexOf(x.context, i.iri)) AS class
  FROM (SELECT context_id, context, arrayJoin(context) AS iri FROM ${scoped('contexts')}) AS x
  INNER JOIN (SELECT class, arrayJoin(iris) AS iri FROM info) AS i ON x.iri = i.iri GROUP BY x.context_id
),
joined AS (
  SELECT e.class AS class, e.learner AS learner,
    argMin((e.registered_on, e.previous_attempts, e.credits), (e.known_at, e.log_offset)) AS first, max(e.known_at) AS enrolled_at
  FROM ${enrolments} INNER JOIN cuts AS cu ON e.class = cu.class
  WHERE e.known_at <= cu.cut GROUP BY class, learner
),
left_class AS (
  SELECT w.class AS class, w.learner AS learner, max(w.known_at) AS left_at
  FROM ${withdrawals} INNER JOIN cuts AS cu ON w.class = cu.class
  WHERE w.known_at <= cu.cut AND w.withdrawn_on <= cu.cut_day GROUP BY class, learner
),
members AS (
  SELECT j.class AS class, j.learner AS learner, j.first.1 AS registered_on, j.first.2 AS previous_attempts, j.first.3 AS credits
  FROM joined AS j LEFT JOIN left_class AS l ON j.class = l.class AND j.learner = l.learner
  WHERE l.learner = '' OR j.enrolled_at > l.left_at
)`;
}
