import { type Topic } from '@pharos/facts';
import { type Question, type View } from '../question.js';
import { bind, literal, moment, nothing, render, sql, type Sql } from '../sql.js';
import { type KeptTable, type StoredTable, storedTables, tables } from '../tables/tables.js';

type Scoped = StoredTable;

/** The topic that fills a table, where it is not `roster`: the vector of positions is per topic. Rows of dead letters come from their own. */
const topics: Partial<Record<Scoped, Topic>> = {
  statements: 'statements', voids: 'statements', contexts: 'statements', attempts: 'statements', activity_summaries: 'statements',
  statement_keys: 'statements', statement_refs: 'statements', sent_definitions: 'statements', activity_days: 'statements', activity_weeks: 'statements',
  answers: 'statements', help_asked: 'statements', masteries: 'statements', item_placements: 'models', knowledge_versions: 'models',
  scores: 'scores', mastery: 'scores', models: 'models', audits: 'models', alert_facts: 'alerts',
  governance_facts: 'governance', dead_letters: 'dead-letters',
}; // prettier-ignore

/** Columns beside `*`, which leaves computed ones out. `token` keeps the learner as recorded where links replace `learner`. */
const beside: Partial<Record<Scoped, string>> = {
  statements: ', context_id, learner AS token',
  attempts: ', context_id, learner AS token',
  answers: ', learner AS token',
  contexts: ', context_id',
};

/** Tables whose rows say nothing about when they were known: they are for finding, and never asked as of a moment. */
const withoutView: ReadonlySet<Scoped> = new Set(['contexts', 'masteries', 'statement_keys', 'statement_refs', 'sent_definitions']);

export function hasPosition(table: Scoped): table is KeptTable {
  return table in tables && !withoutView.has(table);
}

/** `AND` conditions that leave out what was not known by the view's moment, or stood above its positions. */
export function seen(table: KeptTable, view: View): Sql {
  const known = view.asOf === undefined ? nothing : sql` AND known_at <= ${moment(view.asOf)}`;
  const heads = view.positions?.[topics[table] ?? 'roster'];
  const below = heads === undefined ? nothing : sql` AND log_offset < ${bind('Array(UInt64)', heads)}[log_partition + 1]`;
  return sql`${known}${below}`;
}

/**
 * The rows of one table that belong to the tenant who asks, each fact once, as a subquery: the only way in which a question
 * may name a table. `where` narrows it by columns of the sort key, so that less is read.
 *
 * @example sql`SELECT count() FROM ${scoped('voids')}`
 */
export function scoped(table: Scoped, view: View = {}, where: Sql = nothing): Sql {
  const columns = literal(`*${beside[table] ?? ''}`);
  const seenBy = hasPosition(table) ? seen(table, view) : nothing;
  return sql`(SELECT ${columns} FROM ${literal(table)} FINAL WHERE tenant = {tenant:String}${seenBy}${where})`;
}

/** The last row per key by (known, log position): what held as of the view's moment. */
export function latest(table: KeptTable, keys: string, view: View = {}, where: Sql = nothing): Sql {
  return sql`(SELECT * FROM ${scoped(table, view, where)} ORDER BY known_at DESC, log_offset DESC, id DESC LIMIT 1 BY ${literal(keys)})`;
}

/**
 * The rows of a key, of the tenant who asks, in the order of the sort key. Without FINAL, which would read all rows of a key
 * to find those that stand there twice: whoever asks drops repeats of a position.
 */
export function rowsOfKey(columns: Sql, where: Sql): Sql {
  return sql`SELECT ${columns} FROM statement_keys WHERE tenant = {tenant:String} AND ${where}`;
}

const unscopedKeys = /\b(?:FROM|JOIN)\s+(?:\w+\.)?statement_keys\b(?! (?:FINAL )?WHERE tenant = \{tenant:String\})/i;

const named = new RegExp(
  `\\b(?:FROM|JOIN)\\s+(?:\\w+\\.)?(?:${storedTables.filter((name) => name !== 'statement_keys').join('|')})\\b(?! FINAL WHERE tenant = \\{tenant:String\\})`,
  'i',
);

/** Whether a text names a table other than through `scoped`. */
export function namesUnscopedTable(text: string): boolean {
  return named.test(text) || unscopedKeys.test(text);
}

const everyScoped = / FROM (\w+) FINAL WHERE tenant = \{tenant:String\}/g;

/**
 * The topics whose facts can change a question's answer, by the tables that it names. Whoever keeps an answer keeps it under
 * the positions of these.
 *
 * @example topicsRead(classList()) // => ['roster']
 */
export function topicsRead(question: Question<unknown>): readonly Topic[] {
  const found = [...render(question.sql).text.matchAll(everyScoped)].map(([, table]) => topics[table as Scoped] ?? 'roster');
  return [...new Set(found)].sort();
}
