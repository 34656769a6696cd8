import { migratePostgres, type Migration } from '@pharos/runtime/postgres-migrations';
import pg from 'pg';

export type Row = Record<string, unknown>;

/** Runs one statement with bound values. */
export interface Sql {
  query<R = Row>(text: string, values?: readonly unknown[]): Promise<readonly R[]>;
}

/** A pool of connections, and transactions over one of them. */
export interface Database extends Sql {
  /** Commits what `work` did when it resolves, takes all of it back when it rejects. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** A connection for as long as the caller likes: notifications. It is not one of the pool's. */
  dedicated(): Promise<pg.Client>;
  close(): Promise<void>;
}

/** Whole numbers of 64 bits arrive as numbers: positions and counts stay far below 2^53, and a larger one is refused. */
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, safeInteger);

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is larger than a number can hold exactly`);
  return value;
}

const asSql = (client: pg.Pool | pg.PoolClient): Sql => ({
  query: async <R>(text: string, values: readonly unknown[] = []) => (await client.query<R & pg.QueryResultRow>(text, [...values])).rows,
});

/**
 * Connects and brings the schema to this release's state.
 *
 * @param onError hears of connections lost while idle; the pool replaces them
 * @throws SchemaMismatch when a newer release made the schema
 */
export async function openDatabase(
  connection: pg.PoolConfig,
  migrations: readonly Migration[],
  onError: (error: Error) => void,
): Promise<Database> {
  const config = { ...connection, types };
  const pool = new pg.Pool(config);
  let closing = false;
  pool.on('error', (error) => {
    if (!closing) onError(error); // while closing, a server that ends the connection first is no news
  });
  try {
    const client = await pool.connect();
    try {
      await migratePostgres(
        { query: (text, values = []) => client.query(text, [...values]) },
        connection.database ?? 'registry',
        migrations,
      );
    } finally {
      client.release();
    }
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    ...asSql(pool),
    transaction: (work) => inTransaction(pool, work),
    dedicated: async () => {
      const client = new pg.Client(config);
      await client.connect();
      return client;
    },
    close: () => {
      closing = true;
      return pool.end();
    },
  };
}

async function inTransaction<T>(pool: pg.Pool, work: (sql: Sql) => Promise<T>): Promise<T> {
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
