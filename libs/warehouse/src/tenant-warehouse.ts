import { type Engine, type Format } from './engine/engine.js';
import { namesUnscopedTable, scoped } from './fragments/scoped.js';
import { type Question, type RawRow } from './question.js';
import { hasByLinks, render, type Rendered, sql } from './sql.js';
import { type Purpose, type TenantWarehouse } from './warehouse.js';

/** The rows of an answer in JSON lines. */
export function rowsOf(answer: Uint8Array): readonly RawRow[] {
  return Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength)
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RawRow);
}

/**
 * The rows of an answer in JSON by columns, where a name stands once for all rows: of seven thousand rows that took a quarter of the time to parse.
 */
export function rowsOfColumns(answer: Uint8Array): readonly RawRow[] {
  const columns = Object.entries(JSON.parse(Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength).toString()) as Readonly<Record<string, readonly unknown[]>>);
  return Array.from({ length: columns[0]?.[1].length ?? 0 }, (_, at) => {
    const row: Record<string, unknown> = {};
    for (const [name, values] of columns) row[name] = values[at];
    return row;
  });
} // prettier-ignore

/**
 * The one place where a question gets its tenant.
 *
 * @param links false only where the tenant is known to have no links between tokens
 * @throws RangeError for a question that names a table without its tenant, which is a bug of that question
 */
export function scopeTo(tenant: string, question: Question<unknown>, links = true): Rendered {
  const { text, params } = render(question.sql, links);
  if (namesUnscopedTable(text)) throw new RangeError(`${question.name} names a table without its tenant`);
  return { text, params: { ...params, tenant } };
}

const anyLink: Question<true> = {
  name: 'any-link',
  sql: sql`SELECT 1 FROM ${scoped('learner_links')} LIMIT 1`,
  answer: () => true,
};

/** @param withLinks tenants that are known to have links, filled here and kept as long as the warehouse is open */
export function tenantWarehouse(tenant: string, engine: (purpose: Purpose) => Engine, withLinks: Set<string>): TenantWarehouse {
  if (tenant === '') throw new RangeError('a tenant has a name');
  // Facts of links never go away, so once is for good. Looked at before each question: what it sees of other tables is then no older.
  const scopedFor = async (question: Question<unknown>, purpose: Purpose): Promise<Rendered> => {
    if (!hasByLinks(question.sql)) return scopeTo(tenant, question);
    if (!withLinks.has(tenant) && rowsOf(await engine(purpose).read(scopeTo(tenant, anyLink), 'JSONEachRow')).length > 0)
      withLinks.add(tenant);
    return scopeTo(tenant, question, withLinks.has(tenant));
  };
  const ask = async <Answer>(question: Question<Answer>, purpose: Purpose = 'reads') => {
    const answer = await engine(purpose).read(await scopedFor(question, purpose), 'JSONColumns');
    return rowsOfColumns(answer).map((row) => question.answer(row));
  };
  async function* export_(question: Question<unknown>, purpose: Purpose, format: Format) {
    yield* engine(purpose).stream(await scopedFor(question, purpose), format);
  }
  return {
    tenant,
    ask,
    async askOne(question, purpose) {
      const answers = await ask(question, purpose);
      if (answers.length > 1) throw new RangeError(`${question.name} was to have one answer and has ${answers.length}`);
      return answers[0];
    },
    arrow: (question, purpose = 'jobs') => export_(question, purpose, 'ArrowStream'),
    csv: (question, purpose = 'jobs') => export_(question, purpose, 'CSVWithNames'),
  };
}
