import { setTimeout as sleep } from 'node:timers/promises';
import { type Archive, writeArchive } from '@pharos/event-log';
import { type Configuration, type Logger } from '@pharos/runtime';
import { whileLeased } from './leased.js';
import { type ClusterStores } from './open-cluster.js';

const LOOK_EVERY_MS = 30_000;

/**
 * Archives the log for as long as this process runs; of several processes the one that holds the lease does it.
 *
 * @returns what stops it
 */
export function keepArchiving(
  { log, registry, now }: ClusterStores,
  archive: Archive,
  { archiveAfterMinutes }: Configuration,
  holder: string,
  logger: Logger,
): () => Promise<void> {
  const archiving = whileLeased(
    registry.leases,
    'archive',
    holder,
    async (signal) => {
      while (!signal.aborted) {
        const { segments, facts, bytes } = await writeArchive({ log, ...archive, now, afterMs: archiveAfterMinutes * 60_000, signal });
        if (segments > 0) logger.info({ segments, facts, bytes }, 'archived');
        await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined); // told to stop
      }
    },
    (error) => logger.error({ error: (error as Error).message }, 'the log is not archived'),
  );
  return () => archiving.stop();
}
