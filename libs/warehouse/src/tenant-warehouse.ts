import { type Engine, type Format } from './engine/engine.js';
import { namesUnscopedTable } from './fragments/scoped.js';
import { type Question, type RawRow } from './question.js';
import { render, type Rendered } from './sql.js';
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
 * The one place where a question gets its tenant.
 *
 * @throws RangeError for a question that names a table without its tenant, which is a bug of that question
 */
export function scopeTo(tenant: string, question: Question<unknown>): Rendered {
  const { text, params } = render(question.sql);
  if (namesUnscopedTable(text)) throw new RangeError(`${question.name} names a table without its tenant`);
  return { text, params: { ...params, tenant } };
}

export function tenantWarehouse(tenant: string, engine: (purpose: Purpose) => Engine): TenantWarehouse {
  if (tenant === '') throw new RangeError('a tenant has a name');
  const ask = async <Answer>(question: Question<Answer>, purpose: Purpose = 'reads') => {
    const answer = await engine(purpose).read(scopeTo(tenant, question), 'JSONEachRow');
    return rowsOf(answer).map((row) => question.answer(row));
  };
  async function* export_(question: Question<unknown>, purpose: Purpose, format: Format) {
    yield* engine(purpose).stream(scopeTo(tenant, question), format);
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
