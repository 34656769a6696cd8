import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import pg from 'pg';
import { columnsOf, type DatabaseBackup, fileOfTable, schemaOf, type TableBackup, tablesOf } from './backup-database.js';

/** A backup that cannot be put back here. `code` says why; the message is one line for an operator. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused';
  constructor(
    readonly code: 'damaged' | 'other-schema' | 'not-empty',
    message: string,
  ) {
    super(message);
  }
}

const rowsPerInsert = 1_000;

/**
 * Puts the rows of a backup into a fresh database of the same schema, all of them or none.
 *
 * @param connection for `pg`: the database and its owner; its schema has been made by this release
 * @throws BackupRefused when a file is damaged, the schema differs, or there are rows already
 */
export async function restoreDatabase(connection: pg.ClientConfig, folder: string, backup: DatabaseBackup): Promise<void> {
  for (const table of backup.tables) await checkFile(folder, table);
  const client = new pg.Client(connection);
  await client.connect();
  try {
    await client.query('BEGIN');
    const schema = await schemaOf(client);
    if (schema.join() !== backup.schema.join()) {
      throw new BackupRefused(
        'other-schema',
        `the backup has schema ${backup.schema.length} of ${connection.database ?? 'the database'}, this release makes ${schema.length}: restore with the release that made it, then start this one`,
      );
    }
    await client.query('SET CONSTRAINTS ALL DEFERRED');
    const known = new Map(backup.tables.map((table) => [table.table, table]));
    for (const name of await tablesOf(client)) {
      const table = known.get(name);
      if (table) await fill(client, folder, table);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    await client.end();
  }
}

async function checkFile(folder: string, { table, hash }: TableBackup): Promise<void> {
  const found = createHash('sha256');
  for await (const chunk of createReadStream(fileOfTable(folder, table))) found.update(chunk as Buffer);
  if (found.digest('hex') !== hash) throw new BackupRefused('damaged', `the backup's file of the table ${table} is damaged`);
}

async function fill(client: pg.Client, folder: string, { table, columns }: TableBackup): Promise<void> {
  const name = pg.escapeIdentifier(table);
  const { rowCount } = await client.query(`SELECT 1 FROM ${name} LIMIT 1`);
  if (rowCount !== 0) throw new BackupRefused('not-empty', `the table ${table} has rows already`);
  const known = new Map((await columnsOf(client, table)).map((column) => [column.name, column]));
  const targets = columns.map((column) => pg.escapeIdentifier(column)).join(', ');
  const values = columns.map((column, index) => `(line->>${index})::${known.get(column)!.type}`).join(', ');
  const insert = `INSERT INTO ${name} (${targets}) OVERRIDING SYSTEM VALUE SELECT ${values} FROM json_array_elements($1::json) line`;
  let lines: string[] = [];
  const flush = async (): Promise<void> => {
    if (lines.length > 0) await client.query(insert, [`[${lines.join(',')}]`]);
    lines = [];
  };
  for await (const line of linesOf(fileOfTable(folder, table))) {
    lines.push(line);
    if (lines.length === rowsPerInsert) await flush();
  }
  await flush();
  for (const { name: column, identity } of known.values()) {
    if (!identity) continue;
    const counted = pg.escapeIdentifier(column);
    await client.query(`SELECT setval(pg_get_serial_sequence($1, $2), greatest(max(${counted}), 1), max(${counted}) IS NOT NULL) FROM ${name}`, [name, column]); // prettier-ignore
  }
}

/** By line feeds only: `node:readline` would also cut at U+2028, which people's names may hold. */
async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of createReadStream(file, 'utf8')) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
}
