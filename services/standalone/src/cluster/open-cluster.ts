import { setTimeout as sleep } from 'node:timers/promises';
import { type Archive, type KafkaLog, openKafkaLog } from '@pharos/event-log';
import { topicNames } from '@pharos/facts';
import { openRegistry, type Registry } from '@pharos/registry';
import { type Configuration, createCloser, type Logger } from '@pharos/runtime';
import { followKeyRing, openKeyRing, type OpenVault, openVault } from '@pharos/vault';
import { openWarehouse, type Warehouse, type WarehouseServer } from '@pharos/warehouse';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type Homes } from '../homes/open-homes.js';
import { Refusal } from '../refusal.js';
import { archiveStore, blobStore, kafkaConnection, needed, postgresConnection } from './connections.js';
import { readTopicPlan } from './topic-plan.js';

/** What every service of a cluster stands on. The vault is not among it: jobs and projector cannot say who someone is. */
export interface ClusterStores {
  readonly log: KafkaLog;
  readonly warehouse: Warehouse;
  readonly registry: Registry;
  /** Where the log is archived, if anywhere. */
  readonly archive: Archive | undefined;
  readonly now: () => Date;
  close(): Promise<void>;
}

/** Migrations of the warehouse are run by one process at a time; ClickHouse has no lock for it, PostgreSQL has leases. */
const MIGRATION_LEASE = 'warehouse/migrations';
const MIGRATION_MS = 120_000;
const SCHEMA_WAIT_MS = 60_000;

/**
 * Connects to Kafka, ClickHouse and the registry, and brings their schemas to this release.
 *
 * @param service names this process to the engines
 * @throws Refusal in one line that names the setting, when an engine cannot be reached or refuses
 */
export async function openClusterStores(
  configuration: Configuration,
  logger: Logger,
  now: () => Date,
  service: string,
): Promise<ClusterStores> {
  const closer = createCloser((name, error) => logger.error({ name, error: (error as Error).message }, 'a home did not close'));
  const onError = (error: unknown): void => logger.warn({ error: (error as Error).message }, 'a database connection was lost');
  const registryUrl = needed('PHAROS_REGISTRY_URL', configuration.registryUrl);
  const url = needed('PHAROS_CLICKHOUSE_URL', configuration.clickhouseUrl);
  const kafka = kafkaConnection(configuration, service, logger);
  try {
    const connection = postgresConnection(configuration, registryUrl, service);
    const registry = await naming('PHAROS_REGISTRY_URL', () => openRegistry({ connection, now, onError }));
    closer.add('registry', () => registry.close());
    const { clickhouseUser: username, clickhousePassword: password, clickhouseCluster: cluster } = configuration;
    const named = { ...(username === undefined ? {} : { username }), ...(password === undefined ? {} : { password }) };
    const home = { url, ...named, ...(cluster === undefined ? {} : { cluster }), schema: schemaOf(service) };
    const warehouse = await naming('PHAROS_CLICKHOUSE_URL', () => openWhenMade(registry, home));
    closer.add('warehouse', () => warehouse.close());
    const log = await naming('PHAROS_KAFKA_BROKERS', () =>
      openKafkaLog({ connection: kafka, topicPrefix: configuration.kafkaTopicPrefix, ledger: registry.logLedger }),
    );
    closer.add('log', () => log.close());
    expectPartitions(log, configuration);
    const segments = archiveStore(configuration);
    const archive = segments && { blobs: segments, index: registry.archiveIndex };
    return { log, warehouse, registry, archive, now, close: () => closer.close() };
  } catch (error) {
    await closer.close();
    throw error;
  }
}

/**
 * The same with the vault, for ingest, insights and the command line.
 *
 * @throws Refusal also where the keys' file is missing: several services share one, so none makes its own
 */
export async function openClusterHomes(
  configuration: Configuration,
  logger: Logger,
  now: () => Date,
  service = 'command',
): Promise<Homes & ClusterStores & { readonly vault: OpenVault }> {
  const vaultUrl = needed('PHAROS_VAULT_URL', configuration.vaultUrl);
  const file = needed('PHAROS_KEYS_FILE', configuration.keysFile);
  const blobs = blobStore(configuration);
  if (!existsSync(file))
    throw new Refusal(`PHAROS_KEYS_FILE: ${file} does not exist; make it once with pharos keys create and give it to ingest and insights`);
  const stores = await openClusterStores(configuration, logger, now, service);
  const onError = (error: unknown): void => logger.warn({ error: (error as Error).message }, 'a database connection was lost');
  try {
    const connection = postgresConnection(configuration, vaultUrl, service);
    const keys = await naming('PHAROS_KEYS_FILE', () => openKeyRing({ file }));
    const vault = await naming('PHAROS_VAULT_URL', () => openVault({ connection, keys, now, onError }));
    const unfollow = followKeyRing(keys, file, {
      onChange: () => logger.info({ keys: keys.ids, wraps: keys.current }, 'the keys are as their file again'),
      onError: (error) => logger.error({ error: (error as Error).message }, 'the keys stay as they were'),
    });
    return {
      ...stores,
      vault,
      blobs,
      close: async () => {
        unfollow();
        await vault.close();
        await stores.close();
      },
    };
  } catch (error) {
    await stores.close();
    throw error;
  }
}

/** The fold and commands make the tables; others may have no right to. The door opens also while ClickHouse is away. */
function schemaOf(service: string): NonNullable<WarehouseServer['schema']> {
  if (service === 'ingest') return 'later';
  return service === 'projector' || service === 'command' ? 'make' : 'expect';
}

/** The number of partitions decides where a key falls, and with it the order of a learner's facts: a cluster that has another one is refused. */
function expectPartitions(log: Pick<KafkaLog, 'partitions'>, { kafkaTopicsFile, kafkaTopicPrefix }: Configuration): void {
  const plan = readTopicPlan(kafkaTopicsFile);
  for (const topic of topicNames) {
    const [is, should] = [log.partitions(topic), plan[topic].partitions];
    if (is === should) continue;
    const what = `${kafkaTopicPrefix}${topic} has ${is} partitions and the file says ${should}`;
    throw new Refusal(`PHAROS_KAFKA_TOPICS_FILE: ${what}; pharos topics diff tells all that differs, and partitions are never changed`);
  }
}

/** Who only reads waits for a while for who makes: of services that are started together the projector may be the last. */
async function openWhenMade(registry: Registry, home: WarehouseServer): Promise<Warehouse> {
  if (home.schema === 'make') return alone(registry, () => openWarehouse(home));
  for (const deadline = performance.now() + SCHEMA_WAIT_MS; ; await sleep(1_000)) {
    try {
      return await openWarehouse(home);
    } catch (error) {
      if (performance.now() > deadline || error instanceof RangeError) throw error;
    }
  }
}

/** Runs one at a time over all processes. */
async function alone<T>({ leases }: Registry, work: () => Promise<T>): Promise<T> {
  const holder = randomUUID();
  for (;;) {
    const lease = await leases.acquire(MIGRATION_LEASE, holder, MIGRATION_MS);
    if (!lease) {
      await sleep(200);
      continue;
    }
    try {
      return await work();
    } finally {
      await leases.release(lease);
    }
  }
}

/** What an engine answers, as one line that names the setting to look at. Addresses may hold passwords: they are not repeated. */
async function naming<T>(setting: string, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof Refusal || error instanceof TypeError) throw error;
    const { message, code } = error as Error & { readonly code?: string };
    throw new Refusal(`${setting}: ${message === '' ? (code ?? 'it does not answer') : message}`);
  }
}
