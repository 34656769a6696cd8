import { type View } from '../question.js';
import { sql, type Sql } from '../sql.js';
import { scoped } from './scoped.js';

/**
 * Where each token goes as of a view: its last link decides, and an undone link leaves it on its own. One shallow pass,
 * because it stands in every question: planning it cost more than running it when it was nested deeper.
 */
function links(view: View): Sql {
  return sql`(SELECT learner, argMax(if(linked = 1, canonical, ''), (known_at, log_offset, id)) AS goes_to
    FROM ${scoped('learner_links', view)} GROUP BY learner HAVING goes_to != '' ORDER BY learner)`;
}

/**
 * An expression for the canonical token of the column `learner`. Links are folded as facts and applied when read, so that
 * undoing one is reading again. Two hops: a link to a token that was itself linked later is followed.
 *
 * The lists are scalars of the query: a look-up in a hash table per row, where a join would build columns.
 */
export function canonicalLearner(view: View = {}): Sql {
  const pairs = sql`(WITH (SELECT (groupArray(learner), groupArray(goes_to)) FROM ${links(view)}) AS l
    SELECT (l.1, arrayMap(c -> transform(c, l.1, l.2, c), l.2)))`;
  return sql`transform(learner, ${pairs}.1, ${pairs}.2, learner)`;
}
