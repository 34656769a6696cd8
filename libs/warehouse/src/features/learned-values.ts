import { scoped } from '../fragments/scoped.js';
import { type Question } from '../question.js';
import { bind, sql } from '../sql.js';

/** What a model learned, under its hash; the same for ever. */
export function learnedValues(model: string): Question<unknown> {
  return {
    name: 'learned-values',
    sql: sql`SELECT body FROM ${scoped('models', {}, sql` AND model = ${bind('String', model)} AND type = 'ModelTrained'`)} ORDER BY log_offset LIMIT 1`,
    answer: (row) => (JSON.parse(String(row.body)) as { readonly learned: unknown }).learned,
  };
}
