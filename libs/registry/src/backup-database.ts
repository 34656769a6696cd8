import { createHash } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';

/** One table of a backup: a line of JSON per row, each value in PostgreSQL's own text form, so that nothing is rounded. */
export interface TableBackup {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: number;
  /** SHA-256 of the file, hex. */
  readonly hash: string;
}

export interface DatabaseBackup {
  /** Steps of the schema that the rows fit, as `number checksum`. */
  readonly schema: readonly string[];
  readonly tables: readonly TableBackup[];
}

export interface Column {
  readonly name: string;
  readonly type: string;
  readonly identity: boolean;
}

const rowsPerFetch = 1_000;

export const fileOfTable = (folder: string, table: string): string => path.join(folder, `${table}.ndjson`);

/**
 * Writes every table of one database into files, as of one moment, while others go on writing. Needs nothing but the
 * owner's role: npm's PostgreSQL brings no pg_dump, and rows outlive a change of its major version or of the processor.
 *
 * @param connection for `pg`: the database and its owner
 * @param folder made here; each file is on disk when this resolves
 * @param without tables whose rows would be wrong after a restore (sessions, leases)
 * @example await backupDatabase(home.connection('pharos_vault'), '/backup/vault');
 */
export async function backupDatabase(
  connection: pg.ClientConfig,
  folder: string,
  without: readonly string[] = [],
): Promise<DatabaseBackup> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const client = new pg.Client(connection);
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const schema = await schemaOf(client);
    const tables: TableBackup[] = [];
    for (const table of await tablesOf(client)) {
      if (!without.includes(table)) tables.push(await writeTable(client, folder, table));
    }
    await client.query('COMMIT');
    return { schema, tables };
  } finally {
    await client.end();
  }
}

async function writeTable(client: pg.Client, folder: string, table: string): Promise<TableBackup> {
  const columns = await columnsOf(client, table);
  const values = columns.map(({ name }) => `${pg.escapeIdentifier(name)}::text`).join(', ');
  await client.query(
    `DECLARE backed_up NO SCROLL CURSOR FOR SELECT to_json(ARRAY[${values}])::text AS line FROM ${pg.escapeIdentifier(table)}`,
  );
  const file = await open(fileOfTable(folder, table), 'wx', 0o600);
  const hash = createHash('sha256');
  let rows = 0;
  try {
    for (;;) {
      const some = await client.query<{ line: string }>(`FETCH ${rowsPerFetch} FROM backed_up`);
      if (some.rows.length === 0) break;
      const text = some.rows.map(({ line }) => `${line}\n`).join('');
      hash.update(text);
      await file.write(text);
      rows += some.rows.length;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  await client.query('CLOSE backed_up');
  return { table, columns: columns.map(({ name }) => name), rows, hash: hash.digest('hex') };
}

/** Applied steps of the schema: rows are only put back where they came from. */
export async function schemaOf(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ step: string }>(`SELECT number || ' ' || checksum AS step FROM schema_migrations ORDER BY number`);
  return rows.map(({ step }) => step);
}

/** Tables of the public schema, each after those that it refers to. */
export async function tablesOf(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string; needs: string[] }>(
    `SELECT c.relname AS name,
            array_remove(array_agg(DISTINCT f.relname::text) FILTER (WHERE f.oid <> c.oid), NULL) AS needs
       FROM pg_class c
       LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'f'
       LEFT JOIN pg_class f ON f.oid = k.confrelid
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'schema_migrations'
      GROUP BY c.relname ORDER BY c.relname`,
  );
  const needs = new Map(rows.map((row) => [row.name, row.needs ?? []]));
  const sorted = new Set<string>();
  const visit = (table: string): void => {
    if (sorted.has(table)) return;
    for (const needed of needs.get(table) ?? []) visit(needed);
    sorted.add(table);
  };
  for (const table of needs.keys()) visit(table);
  return [...sorted];
}

/** Columns that hold data: computed ones follow from them. */
export async function columnsOf(client: pg.Client, table: string): Promise<readonly Column[]> {
  const { rows } = await client.query<Column>(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type, attidentity <> '' AS identity
       FROM pg_attribute
      WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
      ORDER BY attnum`,
    [pg.escapeIdentifier(table)],
  );
  return rows;
}
