import { openEmbeddedLog } from '@pharos/event-log';
import { openRegistry } from '@pharos/registry';
import { createLogger } from '@pharos/runtime';
import { openWarehouse } from '@pharos/warehouse';
import { type HomeConnections } from '../homes/connections.js';

/**
 * The same homes seen from a worker thread. The warehouse's connection is never closed here: closing it inside a worker
 * hangs the process, so it ends with the process.
 */
export async function openWorkerHomes(connections: HomeConnections, service: string) {
  const now = () => new Date();
  const logger = createLogger(connections.logLevel, service);
  const onError = (error: unknown): void => logger.warn({ error: (error as Error).message }, 'a database connection was lost');
  const log = await openEmbeddedLog({ path: connections.log, now, joinOwner: true });
  const registry = await openRegistry({ connection: { ...connections.registry, max: 4 }, now, onError });
  const warehouse = await openWarehouse({ path: connections.warehouse });
  return { now, logger, log, registry, warehouse };
}
