import { type View } from '../question.js';
import { sql, type Sql } from '../sql.js';
import { latest } from './scoped.js';

/** Links that hold as of a view: the last word on each pair of tokens. A token linked twice goes where the last link says. */
function links(view: View): Sql {
  return sql`(SELECT learner, canonical FROM (SELECT * FROM ${latest('learner_links', 'learner, canonical', view)} WHERE linked = 1)
    ORDER BY known_at DESC, log_offset DESC, id DESC LIMIT 1 BY learner)`;
}

/**
 * An expression for the canonical token of the column `learner`. Links are folded as facts and applied when read, so that
 * undoing one is reading again. Three hops: a link to a token that was itself linked later is followed.
 *
 * The lists are scalars of the query: a look-up in a hash table per row, where a join would build columns.
 */
export function canonicalLearner(view: View = {}): Sql {
  const pairs = sql`(WITH (SELECT (groupArray(learner), groupArray(canonical)) FROM (SELECT * FROM ${links(view)} ORDER BY learner)) AS l,
      arrayMap(c -> transform(c, l.1, l.2, c), l.2) AS second
    SELECT (l.1, arrayMap(c -> transform(c, l.1, l.2, c), second)))`;
  return sql`transform(learner, ${pairs}.1, ${pairs}.2, learner)`;
}
