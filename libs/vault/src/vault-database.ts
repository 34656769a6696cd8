import { migratePostgres, type Migration } from '@pharos/runtime/postgres-migrations';
import pg from 'pg';

export interface VaultSql {
  query<R>(text: string, values?: readonly unknown[]): Promise<readonly R[]>;
}

export interface VaultDatabase extends VaultSql {
  /**
   * Commits what `work` did when it resolves. Where another transaction came in between (a token or identifier was made or
   * erased meanwhile), the whole is done again, so `work` must have no effect beside its statements.
   */
  transaction<T>(work: (sql: VaultSql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** What a transaction had read is gone: do it again. The code is PostgreSQL's for a serialization failure. */
export class Disturbed extends Error {
  override readonly name = 'Disturbed';
  readonly code = '40001';
}

const asSql = (client: pg.Pool | pg.PoolClient): VaultSql => ({
  query: async <R>(text: string, values: readonly unknown[] = []) => (await client.query<R & pg.QueryResultRow>(text, [...values])).rows,
});

/** @throws SchemaMismatch when a newer release made the schema */
export async function openVaultDatabase(
  connection: pg.PoolConfig,
  migrations: readonly Migration[],
  onError: (error: Error) => void,
): Promise<VaultDatabase> {
  const pool = new pg.Pool(connection);
  let closing = false;
  pool.on('error', (error) => {
    if (!closing) onError(error); // while closing, a server that ends the connection first is no news
  });
  const close = (): Promise<void> => {
    closing = true;
    return pool.end();
  };
  try {
    const client = await pool.connect();
    try {
      await migratePostgres({ query: (text, values = []) => client.query(text, [...values]) }, connection.database ?? 'vault', migrations);
    } finally {
      client.release();
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { ...asSql(pool), transaction: (work) => untilUndisturbed(() => inTransaction(pool, work)), close };
}

/** Unique violation, foreign key violation, serialization failure, deadlock. */
const disturbed = new Set(['23505', '23503', '40001', '40P01']);
const attempts = 5;

async function untilUndisturbed<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (attempt === attempts || !disturbed.has((error as { code?: string }).code ?? '')) throw error;
    }
  }
}

async function inTransaction<T>(pool: pg.Pool, work: (sql: VaultSql) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // A connection that is lost between two statements says so by an event, which would end a process that does not listen; the
  // next statement of the transaction fails in any case.
  const lost = (error: Error): void => void (broken = error);
  client.on('error', lost);
  try {
    await client.query('BEGIN');
    const result = await work(asSql(client));
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(lost);
    throw error;
  } finally {
    client.off('error', lost);
    client.release(broken);
  }
}
