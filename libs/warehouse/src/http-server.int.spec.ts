import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { serveHttp } from './http-server.js';
import { openWarehouse } from './open-warehouse.js';
import { statementRow } from './rows-of-test.js';
import { sql } from './sql.js';
import { type Warehouse, WarehouseUnavailable } from './warehouse.js';

const ids = { name: 'ids', sql: sql`SELECT id, body, learner FROM statements FINAL WHERE tenant = {tenant:String} ORDER BY id`, answer: (raw: Record<string, unknown>) => raw }; // prettier-ignore

describe('a warehouse over HTTP', () => {
  let folder: string;
  let server: Awaited<ReturnType<typeof serveHttp>>;
  let warehouse: Warehouse;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'pharos-http-'));
    server = await serveHttp({ path: folder, port: 0 });
    warehouse = await openWarehouse({ url: server.url });
  });
  afterAll(async () => {
    await warehouse.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('hands back what was written, whatever characters it holds, and to whom it belongs', async () => {
    const nasty = `tab\t line\n quote' back\\slash \u0000 \\N é`;
    await warehouse.writer.insert('statements', [statementRow('s1', nasty, '2014-10-07T10:00:00.000Z', { body: nasty })]);
    expect(await warehouse.tenant('uni').ask(ids)).toEqual([{ id: 's1', body: nasty, learner: nasty }]);
    expect(await warehouse.tenant('other').ask(ids)).toEqual([]);
  });

  it('takes lists that are longer than an address may be, and rolls up', async () => {
    const learners = Array.from({ length: 5_000 }, (_, i) => `learner-${i}-0123456789012345678901234567890123456789`);
    await warehouse.writer.insert('statements', learners.map((learner, i) => statementRow(`t${i}`, learner, '2014-10-08T10:00:00.000Z', {}))); // prettier-ignore
    const days = new Map(learners.map((learner) => [learner, new Set(['2014-10-08'])]));
    await warehouse.writer.rollUp([{ tenant: 'uni', days, voided: [] }]);
    const hashes = await warehouse.hashes();
    expect(hashes.find(({ table }) => table === 'activity_days')!.rows).toBe(5_000);
  });

  it('says which of its failures are the rows, and which are the server', async () => {
    await expect(warehouse.writer.insertEncoded({ table: 'statements', bytes: Buffer.from('not a row\n') })).rejects.toMatchObject({ name: 'WarehouseRefused' }); // prettier-ignore
    await expect(openWarehouse({ url: 'http://127.0.0.1:9' })).rejects.toThrow(WarehouseUnavailable);
  });

  it('builds tables beside and swaps them', async () => {
    const next = await warehouse.beside();
    await warehouse.replaceBy(next);
    expect(await warehouse.tenant('uni').ask(ids)).toEqual([]);
    const place = { tenant: 'uni', recorded_at: '2014-10-09T10:00:00.000Z', log_partition: 0, log_offset: 7 };
    await warehouse.writer.insert('keyed_statements', [{ ...place, keys: ['*', 'i:s1'], id: 's1', tags: [1, 2] }]);
    const found = (await warehouse.hashes()).find(({ table }) => table === 'statement_keys');
    expect(found!.rows).toBe(2); // filled through the inlet, which was not swapped
    await next.close();
  });
});

describe('a server that is asked', () => {
  /** What the client sends, seen by a server that knows nothing else. */
  async function asked(
    work: (warehouse: Warehouse) => Promise<unknown>,
  ): Promise<readonly { readonly quota: unknown; readonly limit: string | null }[]> {
    const seen: { quota: unknown; limit: string | null; query: string }[] = [];
    const server = http.createServer((request, response) => {
      void text(request).then((body) => {
        const { searchParams } = new URL(request.url!, 'http://server');
        seen.push({ quota: request.headers['x-clickhouse-quota'], limit: searchParams.get('max_execution_time'), query: body });
        // No rows, as the format says it that a question asks for.
        response.end(body.includes('SELECT id') ? '{}' : '');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const warehouse = await openWarehouse({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    seen.length = 0;
    try {
      await work(warehouse);
    } finally {
      await warehouse.close();
      server.close();
    }
    return seen.filter(({ query }) => query.includes('SELECT id')).map(({ quota, limit }) => ({ quota, limit }));
  }

  it('hears whose share a question uses up, and what it may take', async () => {
    expect(await asked((warehouse) => warehouse.tenant('unità').ask(ids, 'dashboards'))).toEqual([{ quota: 'unit%C3%A0', limit: '30' }]);
    expect(await asked((warehouse) => warehouse.tenant('uni').ask(ids, 'jobs'))).toEqual([{ quota: 'uni', limit: '900' }]);
  });
});

describe('who may only read', () => {
  it('makes nothing: it waits for tables of this release, or looks at nothing until it is asked', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'pharos-http-'));
    const server = await serveHttp({ path: folder, port: 0 });
    try {
      await expect(openWarehouse({ url: server.url, schema: 'expect' })).rejects.toThrow();
      const later = await openWarehouse({ url: server.url, schema: 'later' });
      await expect(later.tenant('uni').ask(ids)).rejects.toThrow();
      const maker = await openWarehouse({ url: server.url });
      const reader = await openWarehouse({ url: server.url, schema: 'expect' });
      expect([await reader.tenant('uni').ask(ids), await later.tenant('uni').ask(ids)]).toEqual([[], []]);
      for (const each of [maker, reader, later]) await each.close();
      const away = await openWarehouse({ url: 'http://127.0.0.1:9', schema: 'later' });
      await expect(away.ping()).rejects.toThrow(WarehouseUnavailable);
      await away.close();
    } finally {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
