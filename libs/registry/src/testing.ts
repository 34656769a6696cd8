import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.js';

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
