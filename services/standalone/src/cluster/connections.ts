import { readFileSync } from 'node:fs';
import { type BlobStore, clientCredentials, type KafkaConnection, openFileBlobs, openS3Blobs } from '@pharos/event-log';
import { type RegistryOptions } from '@pharos/registry';
import { type Configuration, type Logger } from '@pharos/runtime';
import { Refusal } from '../refusal.js';

type PostgresConnection = RegistryOptions['connection'];

/** A file that a setting names. @throws Refusal naming the setting when it cannot be read */
function fileOf(setting: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Refusal(`${setting}: ${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
}

/** @throws Refusal when the mode is cluster and a setting that it needs is missing */
export function needed<T>(setting: string, value: T | undefined): T {
  if (value === undefined) throw new Refusal(`${setting} is missing: PHAROS_MODE=cluster needs it`, 2);
  return value;
}

/** How to reach Kafka, from the configuration. */
export function kafkaConnection(configuration: Configuration, clientId: string, logger: Logger): KafkaConnection {
  const { kafkaBrokers, kafkaTls, kafkaCaFile } = configuration;
  const ca = kafkaCaFile === undefined ? {} : { ca: fileOf('PHAROS_KAFKA_CA_FILE', kafkaCaFile) };
  const sasl = saslOf(configuration);
  return {
    brokers: needed('PHAROS_KAFKA_BROKERS', kafkaBrokers),
    clientId: `pharos-${clientId}`,
    onWarning: (message) => logger.warn({ client: 'kafka' }, message),
    ...(kafkaTls ? { tls: ca } : {}),
    ...(sasl === undefined ? {} : { sasl }),
  };
}

function saslOf(configuration: Configuration): KafkaConnection['sasl'] {
  const { kafkaSasl, kafkaUsername, kafkaPassword } = configuration;
  if (kafkaSasl === undefined) return undefined;
  if (kafkaSasl === 'oauthbearer') return { mechanism: kafkaSasl, oauthBearerProvider: tokensOf(configuration) };
  const username = needed('PHAROS_KAFKA_USERNAME', kafkaUsername);
  const password = needed('PHAROS_KAFKA_PASSWORD', kafkaPassword);
  switch (kafkaSasl) {
    case 'plain':
      return { mechanism: 'plain', username, password };
    case 'scram-sha-256':
      return { mechanism: 'scram-sha-256', username, password };
    case 'scram-sha-512':
      return { mechanism: 'scram-sha-512', username, password };
    default:
      return kafkaSasl satisfies never;
  }
}

function tokensOf({ kafkaTokenFile, kafkaTokenUrl, kafkaClientId, kafkaClientSecretFile, kafkaTokenScope }: Configuration) {
  if (kafkaTokenUrl === undefined) {
    const file = needed('PHAROS_KAFKA_TOKEN_FILE or PHAROS_KAFKA_TOKEN_URL', kafkaTokenFile);
    return () => Promise.resolve({ value: fileOf('PHAROS_KAFKA_TOKEN_FILE', file).trim() });
  }
  if (kafkaTokenFile !== undefined)
    throw new Refusal('PHAROS_KAFKA_TOKEN_FILE and PHAROS_KAFKA_TOKEN_URL are both set: a token comes from one of them', 2);
  const clientId = needed('PHAROS_KAFKA_CLIENT_ID', kafkaClientId);
  const file = needed('PHAROS_KAFKA_CLIENT_SECRET_FILE', kafkaClientSecretFile);
  const secret = (): string => fileOf('PHAROS_KAFKA_CLIENT_SECRET_FILE', file).trim();
  secret(); // one that cannot be read is refused at the start
  return clientCredentials({ url: kafkaTokenUrl, clientId, secret, ...(kafkaTokenScope === undefined ? {} : { scope: kafkaTokenScope }) });
}

/** How to reach one PostgreSQL database, from the configuration. */
export function postgresConnection(configuration: Configuration, url: string, service: string): PostgresConnection {
  const { postgresTls, postgresCaFile, postgresPool, postgresStatementTimeoutMs } = configuration;
  const ca = postgresCaFile === undefined ? {} : { ca: fileOf('PHAROS_POSTGRES_CA_FILE', postgresCaFile) };
  return {
    connectionString: url,
    max: postgresPool,
    statement_timeout: postgresStatementTimeoutMs,
    // Where the network drops packets nobody answers at all, and the server's own limit is not heard of.
    query_timeout: postgresStatementTimeoutMs + 5_000,
    connectionTimeoutMillis: 10_000,
    application_name: `pharos-${service}`,
    keepAlive: true,
    ...(postgresTls ? { ssl: { rejectUnauthorized: true, ...ca } } : {}),
  };
}

/** Registry and vault as their owners reach them, for what copies whole databases. */
export const clusterDatabases = (configuration: Configuration) => ({
  registry: postgresConnection(configuration, needed('PHAROS_REGISTRY_URL', configuration.registryUrl), 'copy'),
  vault: postgresConnection(configuration, needed('PHAROS_VAULT_URL', configuration.vaultUrl), 'copy'),
});

/** The blob store that the configuration names. @throws Refusal when it names none, or two */
export function blobStore({ blobDir, blobUrl, blobRegion, blobAccessKey, blobSecretKey }: Configuration): BlobStore {
  if (blobUrl === undefined) return openFileBlobs(needed('PHAROS_BLOB_DIR or PHAROS_BLOB_URL', blobDir));
  if (blobDir !== undefined) throw new Refusal('PHAROS_BLOB_DIR and PHAROS_BLOB_URL are both set: attachments lie in one of them', 2);
  return openS3Blobs({
    url: blobUrl,
    region: blobRegion,
    accessKey: needed('PHAROS_BLOB_ACCESS_KEY', blobAccessKey),
    secretKey: needed('PHAROS_BLOB_SECRET_KEY', blobSecretKey),
  });
}

/** The store of the archive that the configuration names, if any. @throws Refusal when it names two */
export function archiveStore({ archiveDir, archiveUrl, blobRegion, blobAccessKey, blobSecretKey }: Configuration): BlobStore | undefined {
  if (archiveUrl === undefined) return archiveDir === undefined ? undefined : openFileBlobs(archiveDir);
  if (archiveDir !== undefined)
    throw new Refusal('PHAROS_ARCHIVE_DIR and PHAROS_ARCHIVE_URL are both set: the archive lies in one of them', 2);
  return openS3Blobs({
    url: archiveUrl,
    region: blobRegion,
    accessKey: needed('PHAROS_BLOB_ACCESS_KEY', blobAccessKey),
    secretKey: needed('PHAROS_BLOB_SECRET_KEY', blobSecretKey),
  });
}
