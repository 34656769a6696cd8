import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.js';
import { openRegistry } from './open-registry.js';
import { type Registry } from './registry.js';

/**
 * A PostgreSQL of its own in a temporary folder, for tests that need a real one. About 2 s.
 *
 * @example const home = await startTestPostgres(); const registry = await openRegistry({ connection: home.connection('pharos_registry'), ... });
 */
export async function startTestPostgres(): Promise<Pick<EmbeddedPostgres, 'connection' | 'stop'> & { readonly dataDir: string }> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'pharos-test-'));
  const home = await startEmbeddedPostgres({ dataDir });
  return {
    dataDir,
    connection: (database) => home.connection(database),
    stop: async () => {
      await home.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/**
 * A registry over a PostgreSQL of its own.
 *
 * @param now the clock that it reads
 */
export async function startTestRegistry(now: () => Date): Promise<{
  readonly registry: Registry;
  readonly connection: ReturnType<EmbeddedPostgres['connection']>;
  /** What the registry reported; a test expects it to be empty. */
  readonly errors: readonly unknown[];
  /** Another registry over the same database, as another process would open it. */
  another(): Promise<Registry>;
  /** Asks the database itself, for what no port of the registry does. */
  query(text: string, values?: readonly unknown[]): Promise<pg.QueryResult>;
  /** Forgets all claims and positions of the log, as if it were a new one. */
  emptyLedger(): Promise<void>;
  stop(): Promise<void>;
}> {
  const home = await startTestPostgres();
  const errors: unknown[] = [];
  const connection = home.connection('pharos_registry');
  const another = () => openRegistry({ connection, now, onError: (error) => errors.push(error) });
  const registry = await another();
  const query = async (text: string, values: readonly unknown[] = []) => {
    const client = new pg.Client(connection);
    await client.connect();
    try {
      return await client.query(text, [...values]);
    } finally {
      await client.end();
    }
  };
  return {
    registry,
    connection,
    errors,
    another,
    query,
    emptyLedger: async () => void (await query('TRUNCATE log_claims, log_claim_batches, log_positions')),
    stop: async () => {
      await registry.close();
      await home.stop();
    },
  };
}
