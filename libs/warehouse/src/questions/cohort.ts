import { classesAsOf, contextClasses } from '../fragments/classes.js';
import { attributesAsOf, enrolmentsAsOf, workAsOf } from '../fragments/rosters.js';
import { activityDays } from '../fragments/statements.js';
import { type View } from '../question.js';
import { bind, date, join, literal, nothing, sql, type Sql } from '../sql.js';

/** The hierarchies and attributes by which analysts may narrow a cohort. */
export interface CohortFilter {
  readonly school?: string;
  readonly course?: string;
  /** A class or presentation. */
  readonly class?: string;
  readonly term?: string;
  /** At most two; all of them must hold. */
  readonly attributes?: readonly { readonly attribute: string; readonly value: string }[];
}

/** What each cohort question takes. */
export interface CohortAsk extends View {
  readonly asOf: string;
  readonly filter?: CohortFilter;
  /** The tenant's secret for the keys of cells: the same members have the same key, whatever the question. */
  readonly cellSecret: string;
}

/** A number of learners, with the sum of its members' keys for the cell-key method. Not yet suppressed. */
export interface Cell {
  readonly n: number;
  /** Decimal text of a 64-bit sum over the members. */
  readonly key: string;
}

/** Columns `name` and `name_key`: how many different learners meet a condition, and the key of that cell. */
export function cell(name: string, secret: string, condition?: Sql): Sql {
  const hash = sql`cityHash64(${bind('String', secret)}, learner)`;
  const when = condition ?? sql`1`;
  return sql`uniqExactIf(learner, ${when}) AS ${literal(name)}, toString(sumDistinctIf(${hash}, ${when})) AS ${literal(`${name}_key`)}`;
}

/** Reads a cell from a row. */
export function cellOf(row: Readonly<Record<string, unknown>>, name: string): Cell {
  return { n: Number(row[name]), key: String(row[`${name}_key`]) };
}

/** Conditions on classes under the alias `c`. */
function whichClasses(filter: CohortFilter): readonly Sql[] {
  const columns = [['school', filter.school], ['course', filter.course], ['term', filter.term], ['class', filter.class]] as const;
  return columns.flatMap(([column, value]) => (value === undefined ? [] : [sql`AND c.${literal(column)} = ${bind('String', value)}`]));
} // prettier-ignore

/** Narrows a table whose key begins with the class to the classes of a cohort, so that the rest is not read. */
function ofCohort(view: View, filter: CohortFilter): Sql {
  const among = whichClasses(filter);
  return among.length === 0 ? nothing : sql` AND class IN (SELECT class FROM ${classesAsOf(view)} AS c WHERE 1 = 1 ${join(among, ' ')})`;
}

/** Narrows attempts, whose key begins with the activity, to the work of a cohort's classes. */
export function onWorkOf({ asOf, filter = {} }: CohortAsk): Sql {
  return sql` AND activity IN (SELECT work FROM ${workAsOf({ asOf }, ofCohort({ asOf }, filter))})`;
}

/**
 * Enrolments of a cohort, one row per class and learner: class, learner, from_day (registered, or the class's start),
 * to_day (withdrawn, or the class's end), active, and the class's course, school, term, start_day and end_day.
 * @throws RangeError for more than two attributes
 */
export function cohort({ asOf, positions, filter = {} }: CohortAsk): Sql {
  const attributes = filter.attributes ?? [];
  if (attributes.length > 2) throw new RangeError('a cohort is narrowed by at most two attributes');
  const view: View = positions === undefined ? { asOf } : { asOf, positions };
  const among = whichClasses(filter);
  // Attributes may be declared for one class or for all of a learner's.
  const having = attributes.map(
    ({
      attribute,
      value,
    }) => sql`AND (e.learner IN (SELECT learner FROM ${attributesAsOf(view, sql` AND attribute = ${bind('String', attribute)}`)} WHERE value = ${bind('String', value)} AND class = '')
      OR (e.learner, e.class) IN (SELECT learner, class FROM ${attributesAsOf(view, sql` AND attribute = ${bind('String', attribute)}`)} WHERE value = ${bind('String', value)} AND class != ''))`,
  );
  return sql`(SELECT e.class AS class, e.learner AS learner, ifNull(e.registered_on, c.start_day) AS from_day,
      ifNull(e.withdrawn_on, c.end_day) AS to_day, e.active AS active, c.course AS course, c.school AS school, c.term AS term,
      c.start_day AS start_day, c.end_day AS end_day
    FROM ${enrolmentsAsOf(view, ofCohort(view, filter))} AS e INNER JOIN ${classesAsOf(view)} AS c ON e.class = c.class
    WHERE 1 = 1 ${join(among, ' ')} ${join(having, ' ')})`;
}

/** Activity per class, learner and day between two days, of what names a class: class, learner, day, kind, events, amount, seconds. */
export function activityOfClasses(from: string, to: string, view: View): Sql {
  return sql`(SELECT x.class AS class, a.learner AS learner, a.day AS day, a.kind AS kind, a.events AS events, a.amount AS amount, a.seconds AS seconds
    FROM ${activityDays(sql` AND day BETWEEN ${date(from)} AND ${date(to)}`)} AS a
    INNER JOIN ${contextClasses(view)} AS x ON a.context_id = x.context_id WHERE x.class != '')`;
}
