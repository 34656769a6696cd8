import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { backupDatabase } from './backup-database.js';
import { restoreDatabase } from './restore-database.js';
import { startTestRegistry } from './testing.js';

const now = () => new Date('2026-03-01T12:00:00.000Z');
type Started = Awaited<ReturnType<typeof startTestRegistry>>;
let source: Started;
let target: Started;
let folder: string;
let sql: pg.Client;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'pharos-backup-'));
  source = await startTestRegistry(now);
  target = await startTestRegistry(now);
  sql = new pg.Client(source.connection);
  await sql.connect();
  await sql.query(`CREATE TABLE zoo (n bigint GENERATED ALWAYS AS IDENTITY, b bytea, j jsonb, t timestamptz, f float8, a text[], twice bigint GENERATED ALWAYS AS (n * 2) STORED)`); // prettier-ignore
  const other = new pg.Client(target.connection);
  await other.connect();
  await other.query(`CREATE TABLE zoo (n bigint GENERATED ALWAYS AS IDENTITY, b bytea, j jsonb, t timestamptz, f float8, a text[], twice bigint GENERATED ALWAYS AS (n * 2) STORED)`); // prettier-ignore
  await other.end();
});
afterAll(async () => {
  await sql.end();
  await source.stop();
  await target.stop();
  await rm(folder, { recursive: true, force: true });
});

const dump = async (connection: pg.ClientConfig, table: string): Promise<string[]> => {
  const client = new pg.Client(connection);
  await client.connect();
  const { rows } = await client.query<{ line: string }>(`SELECT t::text AS line FROM ${table} t ORDER BY 1`);
  await client.end();
  return rows.map(({ line }) => line);
};

describe('backing up a database', () => {
  it('puts every value back exactly, and counts on where it stood', async () => {
    await source.registry.tenants.put({ id: 't', name: 'Ténant "one"\nsecond line\u2028third' });
    await source.registry.tenant('t').users.create({ login: 'a@b.example', password: 'long enough 1', roles: ['admin'] });
    await sql.query(`INSERT INTO zoo (b, j, t, f, a) VALUES ('\\xff00', 'null', '2026-01-01 00:00:00.123456+00', 0.1::float8 + 0.2, '{"a,b",NULL,"\\"q"}'), (NULL, NULL, 'infinity', 'NaN', NULL), (NULL, '{"n": 12345678901234567890.123}', NULL, NULL, '{}')`); // prettier-ignore
    const backup = await backupDatabase(source.connection, path.join(folder, 'a'), ['sessions']);
    expect(backup.tables.find(({ table }) => table === 'zoo')?.rows).toBe(3);
    expect(backup.tables.map(({ table }) => table)).not.toContain('sessions');

    await restoreDatabase(target.connection, path.join(folder, 'a'), backup);
    for (const { table } of backup.tables) expect([table, await dump(target.connection, table)]).toEqual([table, await dump(source.connection, table)]); // prettier-ignore
    const client = new pg.Client(target.connection);
    await client.connect();
    const next = await client.query<{ n: string }>('INSERT INTO zoo (f) VALUES (1) RETURNING n');
    await client.end();
    expect(next.rows[0]?.n).toBe('4');
    expect(await target.registry.tenant('t').users.byLogin('a@b.example')).toBeDefined();
  });

  it('sees one moment, whatever is written meanwhile', async () => {
    await sql.query('BEGIN');
    await sql.query('INSERT INTO zoo (f) VALUES (2)');
    const backup = await backupDatabase(source.connection, path.join(folder, 'b'));
    await sql.query('COMMIT');
    expect(backup.tables.find(({ table }) => table === 'zoo')?.rows).toBe(3);
    expect((await readFile(path.join(folder, 'b', 'zoo.ndjson'), 'utf8')).trimEnd().split('\n')).toHaveLength(3);
  });

  it('refuses damaged files, other schemas and databases with rows', async () => {
    const backup = await backupDatabase(source.connection, path.join(folder, 'c'));
    await expect(restoreDatabase(target.connection, path.join(folder, 'c'), backup)).rejects.toMatchObject({ code: 'not-empty' });
    const other = { ...backup, schema: backup.schema.slice(1) };
    await expect(restoreDatabase(target.connection, path.join(folder, 'c'), other)).rejects.toMatchObject({ code: 'other-schema' });
    await appendFile(path.join(folder, 'c', 'zoo.ndjson'), '[]\n');
    await expect(restoreDatabase(target.connection, path.join(folder, 'c'), backup)).rejects.toMatchObject({ code: 'damaged' });
  });
});
