import { bind, literal, nothing, type Sql, sql } from '../sql.js';

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

const tenant = literal('{tenant:String}');

/** Rows of a table as a repeat of the run saw them: facts of the tenant below the positions, first position of each fact only. */
export function factsOf(table: FactTable, alias: string, { positions }: FeatureScope): { readonly from: Sql; readonly where: Sql } {
  const offsets = positions?.[topicOf[table]];
  const at = literal(alias);
  const below = offsets
    ? sql` AND ${at}.log_offset < arrayElement(${bind('Array(UInt64)', offsets)}, toInt64(${at}.log_partition) + 1)`
    : nothing;
  return { from: sql`${literal(table)} AS ${at} FINAL`, where: sql`${at}.tenant = ${tenant}${below}` };
}

/** Tables that features read, and the topic whose positions bound them. */
const topicOf = {
  statements: 'statements',
  attempts: 'statements',
  voids: 'statements',
  activity_summaries: 'statements',
  classes: 'roster',
  calendars: 'roster',
  enrolments: 'roster',
  withdrawals: 'roster',
  work: 'roster',
  attendance: 'roster',
  incidents: 'roster',
  grades: 'roster',
  accommodations: 'roster',
  outcomes: 'roster',
  attributes: 'roster',
  learner_links: 'roster',
} as const;
export type FactTable = keyof typeof topicOf;

/** The token that stands for a learner now, given a join with `canonical` under the alias `k`. */
export const learnerOf = (alias: string): Sql => sql`if(k.canonical = '', ${literal(alias)}.learner, k.canonical)`;
export const joinCanonical = (alias: string): Sql => sql`LEFT JOIN canonical AS k ON ${literal(alias)}.learner = k.learner`;

/** Statements that were taken back. Taken back later than the cut, they still count: it was not known then. */
export function notVoided(alias: string, scope: FeatureScope): Sql {
  const voids = factsOf('voids', 'v', scope);
  return sql`${literal(alias)}.id NOT IN (SELECT v.target FROM ${voids.from} WHERE ${voids.where} AND v.known_at <= (SELECT max(cut) FROM cuts))`;
}

/**
 * Common tables: `cuts`, `canonical` (links), `info` (each class as defined by its cut), `school_days` (days with
 * instruction so far, sorted), `class_contexts` (which class a statement's context means) and `members`.
 */
export function classTables(scope: FeatureScope): Sql {
  const links = factsOf('learner_links', 'l', scope);
  const classes = factsOf('classes', 'c', scope);
  const calendars = factsOf('calendars', 'c', scope);
  const enrolments = factsOf('enrolments', 'e', scope);
  const withdrawals = factsOf('withdrawals', 'w', scope);
  const names = bind('Array(String)', scope.cuts.map((cut) => cut.class)); // prettier-ignore
  const moments = bind('Array(Int64)', scope.cuts.map((cut) => Date.parse(cut.at))); // prettier-ignore
  return sql`
cuts AS (
  SELECT tupleElement(pair, 1) AS class, fromUnixTimestamp64Milli(tupleElement(pair, 2), 'UTC') AS cut, toDate32(cut) AS cut_day
  FROM (SELECT arrayJoin(arrayZip(${names}, ${moments})) AS pair)
),
canonical AS (
  SELECT l.learner AS learner, argMax(if(l.linked = 1, l.canonical, l.learner), (l.recorded_at, l.log_offset)) AS canonical
  FROM ${links.from} WHERE ${links.where} AND l.known_at <= (SELECT max(cut) FROM cuts) GROUP BY learner
),
info AS (
  SELECT cu.class AS class, any(cu.cut) AS cut, any(cu.cut_day) AS cut_day,
    argMax((c.start_day, c.end_day, c.school, c.iris, c.term), (c.known_at, c.log_offset)) AS last,
    last.1 AS start_day, last.2 AS end_day, last.3 AS school, last.4 AS iris, last.5 AS term, toInt32(cut_day) - toInt32(start_day) AS day_number
  FROM ${classes.from} INNER JOIN cuts AS cu ON c.class = cu.class WHERE ${classes.where} AND c.known_at <= cu.cut GROUP BY cu.class
),
school_days AS (
  SELECT i.class AS class, arraySort(arrayFilter(d -> has(cal.2, toDayOfWeek(d)) AND NOT has(cal.3, d),
    arrayMap(n -> i.start_day + n, range(toUInt32(greatest(0, i.day_number + 1)))))) AS days
  FROM info AS i CROSS JOIN (
    SELECT groupArray((school, weekdays, holidays)) AS cals FROM (
      SELECT c.school AS school, argMax(c.weekdays, (c.known_at, c.log_offset)) AS weekdays, argMax(c.holidays, (c.known_at, c.log_offset)) AS holidays
      FROM ${calendars.from} WHERE ${calendars.where} AND c.known_at <= (SELECT max(cut) FROM cuts) GROUP BY school)) AS k
  ARRAY JOIN [ifNull(arrayFirstOrNull(c -> c.1 = i.school, k.cals), ifNull(arrayFirstOrNull(c -> c.1 = '', k.cals),
    ('', [1, 2, 3, 4, 5, 6, 7]::Array(UInt8), []::Array(Date32))))] AS cal
),
class_contexts AS (
  SELECT x.context_id AS context_id, argMin(i.class, indexOf(x.context, i.iri)) AS class
  FROM (SELECT context_id, context, arrayJoin(context) AS iri FROM contexts FINAL WHERE tenant = ${tenant}) AS x
  INNER JOIN (SELECT class, arrayJoin(iris) AS iri FROM info) AS i ON x.iri = i.iri GROUP BY x.context_id
),
joined AS (
  SELECT e.class AS class, ${learnerOf('e')} AS learner,
    argMin((e.registered_on, e.previous_attempts, e.credits), e.known_at) AS first, max(e.known_at) AS enrolled_at
  FROM ${enrolments.from} INNER JOIN cuts AS cu ON e.class = cu.class ${joinCanonical('e')}
  WHERE ${enrolments.where} AND e.known_at <= cu.cut GROUP BY class, learner
),
left_class AS (
  SELECT w.class AS class, ${learnerOf('w')} AS learner, max(w.known_at) AS left_at
  FROM ${withdrawals.from} INNER JOIN cuts AS cu ON w.class = cu.class ${joinCanonical('w')}
  WHERE ${withdrawals.where} AND w.known_at <= cu.cut AND w.withdrawn_on <= cu.cut_day GROUP BY class, learner
),
members AS (
  SELECT j.class AS class, j.learner AS learner, j.first.1 AS registered_on, j.first.2 AS previous_attempts, j.first.3 AS credits
  FROM joined AS j LEFT JOIN left_class AS l ON j.class = l.class AND j.learner = l.learner
  WHERE l.learner = '' OR j.enrolled_at > l.left_at
)`;
}
