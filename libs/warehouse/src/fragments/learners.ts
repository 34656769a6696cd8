import { type View } from '../question.js';
import { bind, sql, type Sql } from '../sql.js';
import { scoped } from './scoped.js';

/** Where each token goes as of a view: its last link decides, and an undone link leaves it on its own. In the order of the table's key. */
function links(view: View): Sql {
  return sql`(SELECT learner AS linked_token, canonical AS goes_to FROM (SELECT learner, canonical, linked FROM ${scoped('learner_links', view)}
    ORDER BY learner, known_at DESC, log_offset DESC, id DESC LIMIT 1 BY learner) WHERE linked = 1)`;
}

/**
 * Rows with `learner` replaced by the canonical token. Links are folded as facts and applied when read, so that undoing one is
 * reading again. Two hops: a link to a token that was itself linked later is followed.
 *
 * A join and not lists of pairs in an expression: the engine copies constants whenever it looks over a question. Measured with
 * 29,000 links (a person known to a platform by another token than to the roster): a question over eight tables took 27 s of
 * CPU with lists, and takes half a second with joins.
 *
 * Where a tenant has no links the rows stand as they are: the features of a week name twenty such tables, and planning the joins with nothing
 * was half of their time (2.6 and 1.3 s of CPU, 1,200 learners).
 *
 * @param rows a subquery with a column `learner`
 */
export function canonically(rows: Sql, view: View = {}): Sql {
  const linked = sql`(SELECT r.* REPLACE (if(k.goes_to = '', r.learner, k.goes_to) AS learner) FROM ${rows} AS r
    LEFT ANY JOIN (SELECT f.linked_token AS linked_token, if(t.goes_to = '', f.goes_to, t.goes_to) AS goes_to
      FROM ${links(view)} AS f LEFT ANY JOIN ${links(view)} AS t ON t.linked_token = f.goes_to) AS k ON k.linked_token = r.learner)`;
  return { chunks: [{ linked, unlinked: rows }] };
}

/** The canonical token of one learner, as a scalar. */
export function canonicalToken(learner: string, view: View = {}): Sql {
  return sql`(SELECT learner FROM ${canonically(sql`(SELECT ${bind('String', learner)} AS learner)`, view)})`;
}
