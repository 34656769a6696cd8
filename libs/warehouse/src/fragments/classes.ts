import { type View } from '../question.js';
import { nothing, sql, type Sql } from '../sql.js';
import { latest, scoped } from './scoped.js';

/** Classes as last defined: class, title, course, course_title, school, school_title, term, start_day, end_day, iris. */
export function classesAsOf(view: View = {}): Sql {
  return latest('classes', 'class', view);
}

/** Calendars as last defined, one row per school; `school` empty for the whole tenant. `terms` is JSON. */
export function calendarsAsOf(view: View = {}): Sql {
  return latest('calendars', 'school', view);
}

/** IRIs by which platforms name classes: iri, class. An IRI claimed by two classes goes to the first by name. */
function irisOfClasses(view: View): Sql {
  return sql`(SELECT iri, min(class) AS class FROM (SELECT class, arrayJoin(iris) AS iri FROM ${classesAsOf(view)}) GROUP BY iri ORDER BY iri)`;
}

/**
 * Which class each context means: context_id, class (empty where it names none). The first IRI of the context that a class
 * goes by decides, so grouping comes before parent. Join statements, attempts and activity to it on `context_id`.
 *
 * @example sql`SELECT c.class, count() FROM ${liveStatements()} AS s INNER JOIN ${contextClasses()} AS c USING (context_id) GROUP BY c.class`
 */
export function contextClasses(view: View = {}, where: Sql = nothing): Sql {
  const iris = sql`(SELECT groupArray(iri) FROM ${irisOfClasses(view)})`;
  const classes = sql`(SELECT groupArray(class) FROM ${irisOfClasses(view)})`;
  return sql`(SELECT context_id, arrayFirst(c -> c != '', arrayMap(iri -> transform(iri, ${iris}, ${classes}, ''), context)) AS class
    FROM ${scoped('contexts', {}, where)})`;
}
