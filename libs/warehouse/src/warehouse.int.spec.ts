import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { factOf } from './rows-of-test.js';
import { liveStatements, openWarehouse, type Question, type Row, sql, type Warehouse } from './index.js';

const statement = (id: string, learner: string, offset: number, over: Partial<Row<'statements'>> = {}): Row<'statements'> => ({
  tenant: 'uni', learner, id, occurred_at: '2014-10-01T10:00:00.000Z', known_at: '2014-10-01T10:00:00.000Z',
  recorded_at: '2014-10-02T10:00:00.000Z', log_partition: 0, log_offset: offset, verb: 'v', activity: 'https://lms/a', activity_type: 't',
  kind: 'video', action: 'viewed', context: ['https://lms/course'], registration: '', amount: 1, duration_seconds: null, scaled: null,
  correct: null, refers_to: '', credential: 'lms', xapi: '1.0.3', hash: 'h', body: '{}', ...over,
}); // prettier-ignore

const ids: Question<string> = {
  name: 'ids',
  sql: sql`SELECT id, body, context, learner, token FROM ${liveStatements()} ORDER BY id`,
  answer: (row) => JSON.stringify(row),
};

describe('a warehouse in this process', () => {
  let folder: string;
  let warehouse: Warehouse;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'pharos-warehouse-'));
    warehouse = await openWarehouse({ path: folder });
  });
  afterAll(async () => {
    await warehouse.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('hands back what was written, whatever characters it holds', async () => {
    const nasty = `tab\t line\n quote' back\\slash \u0000 \\N é`;
    await warehouse.writer.insert('statements', [statement('s1', nasty, 0, { body: JSON.stringify({ nasty }), context: [nasty, ''] })]);
    const [row] = await warehouse.tenant('uni').ask({ ...ids, answer: (raw) => raw });
    expect(row).toEqual({ id: 's1', body: JSON.stringify({ nasty }), context: [nasty, ''], learner: nasty, token: nasty });
    expect(await warehouse.tenant('other').ask(ids)).toEqual([]);
  });

  it('answers by the canonical token from the first link of a tenant on, though it was asked before', async () => {
    const { writer } = warehouse;
    const late = warehouse.tenant('late');
    await writer.insert('statements', [{ ...statement('s2', 'ann-1', 1), tenant: 'late' }]);
    const learners = { ...ids, answer: (row: { readonly learner?: unknown; readonly token?: unknown }) => [row.learner, row.token] };
    expect(await late.ask(learners)).toEqual([['ann-1', 'ann-1']]);
    await writer.insert('learner_links', [
      { ...factOf('late', 'l1', '2014-10-01T10:00:00.000Z'), learner: 'ann-1', canonical: 'ann', linked: 1, because: 'mail' },
    ]);
    expect(await late.ask(learners)).toEqual([['ann', 'ann-1']]);
    expect(await warehouse.tenant('late').ask(learners)).toEqual([['ann', 'ann-1']]);
  });
});
