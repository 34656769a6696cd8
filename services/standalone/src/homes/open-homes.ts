import { existsSync } from 'node:fs';
import { type Archive, type BlobStore, type EmbeddedLog, type EventLog, openEmbeddedLog, openFileBlobs } from '@pharos/event-log';
import { EmbeddedPostgresError, openRegistry, type Registry, startEmbeddedPostgres } from '@pharos/registry';
import { type Configuration, createCloser, type Logger } from '@pharos/runtime';
import { createKeyRing, openKeyRing, type OpenVault, openVault } from '@pharos/vault';
import { openWarehouse, type Warehouse } from '@pharos/warehouse';
import { Refusal } from '../refusal.js';
import { type DatabaseConnection, type HomeConnections } from './connections.js';
import { type DataFolder, prepareDataFolder } from './data-folder.js';

/** The homes as services see them, wherever they are. */
export interface Homes {
  readonly log: EventLog;
  readonly warehouse: Warehouse;
  readonly registry: Registry;
  readonly vault: OpenVault;
  readonly blobs: BlobStore;
  /** Where the log is archived; undefined in a cluster whose settings name no place. */
  readonly archive: Archive | undefined;
  readonly now: () => Date;
  close(): Promise<void>;
}

/** The embedded homes, open in this process. */
export interface EmbeddedHomes extends Homes {
  readonly folder: DataFolder;
  readonly log: EmbeddedLog;
  /** For backups only; worker threads get `connections`, without the vault's. */
  readonly databases: { readonly registry: DatabaseConnection; readonly vault: DatabaseConnection };
  /** For worker threads of this process. */
  readonly connections: HomeConnections;
}

/** The consumer whose committed positions say how far the tables are folded. */
export const FOLD_CONSUMER = 'projector';

/**
 * Opens log, warehouse, registry and vault of the data folder. One process at a time may have it.
 *
 * @throws Refusal in one clear line when the folder is in use, cannot be written, or was made by a newer release, and in
 *   the mode `cluster`, for what is done to a data folder
 */
export async function openHomes(configuration: Configuration, logger: Logger, now: () => Date): Promise<EmbeddedHomes> {
  if (configuration.mode === 'cluster') {
    throw new Refusal(
      'this is done to a data folder, and PHAROS_MODE=cluster has none; unset it, or run pharos serve ingest, projector, jobs or insights',
      2,
    );
  }
  const folder = prepareDataFolder(configuration.dataDir, configuration.keysFile);
  const closer = createCloser((name, error) => logger.error({ name, error: (error as Error).message }, 'a home did not close'));
  const onError = (error: unknown): void => logger.warn({ error: (error as Error).message }, 'a database connection was lost');
  try {
    const log = await refusing(() => openEmbeddedLog({ path: folder.log, now }));
    closer.add('log', () => log.close());
    const postgres = await refusing(() => startEmbeddedPostgres({ dataDir: folder.root }));
    closer.add('postgres', () => postgres.stop());
    const registry = await openRegistry({ connection: postgres.connection('pharos_registry'), now, onError });
    closer.add('registry', () => registry.close());
    const keys = existsSync(folder.keysFile) ? await openKeyRing({ file: folder.keysFile }) : await createKeyRing(folder.keysFile);
    const vault = await openVault({ connection: postgres.connection('pharos_vault'), keys, now, onError });
    closer.add('vault', () => vault.close());
    const warehouse = await refusing(() => openWarehouse({ path: folder.warehouse }));
    closer.add('warehouse', () => warehouse.close());
    const connections: HomeConnections = {
      log: folder.log,
      warehouse: folder.warehouse,
      registry: postgres.connection('pharos_registry'),
      logLevel: configuration.logLevel,
      foldBatchFacts: configuration.foldBatchFacts,
    };
    const databases = { registry: connections.registry, vault: postgres.connection('pharos_vault') };
    const blobs = openFileBlobs(folder.blobs);
    const archive = { blobs: openFileBlobs(folder.archive), index: registry.archiveIndex };
    return { folder, log, warehouse, registry, vault, blobs, archive, databases, connections, now, close: () => closer.close() };
  } catch (error) {
    await closer.close();
    throw error;
  }
}

/** What the stores refuse with a sentence of their own is passed on as that sentence. */
async function refusing<T>(open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof EmbeddedPostgresError || isStoreRefusal(error)) throw new Refusal((error as Error).message);
    throw error;
  }
}

const isStoreRefusal = (error: unknown): boolean =>
  error instanceof RangeError || ['LogInUse', 'LogUnavailable', 'LogRefused'].includes((error as Error).name);
