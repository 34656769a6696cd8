import { z } from 'zod';
import { flag, optionalText, setting, text, whole } from './setting.js';

const listOf = z
  .string()
  .regex(/^[^\s,]+:\d+(,[^\s,]+:\d+)*$/, 'must be host:port, several of them separated by commas')
  .transform((value) => value.split(','));

const postgresUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\//, 'must begin with postgresql://')
  .optional();

/** Where the engines of a cluster are. Needed when `PHAROS_MODE` is `cluster`, and of no effect else. */
export const clusterSettings = {
  kafkaBrokers: setting({
    env: 'PHAROS_KAFKA_BROKERS',
    about: 'Cluster: some of the Kafka brokers, `host:port` separated by commas.',
    schema: listOf.optional(),
  }),
  kafkaTopicPrefix: setting({
    env: 'PHAROS_KAFKA_TOPIC_PREFIX',
    about: "Cluster: stands before each topic's name, so that installations can share brokers.",
    schema: text,
    fallback: 'pharos.',
  }),
  kafkaTopicsFile: setting({
    env: 'PHAROS_KAFKA_TOPICS_FILE',
    about: 'Cluster: topics as data: partitions, replicas, retention. Default: `infra/kafka/topics.json`.',
    schema: optionalText,
  }),
  kafkaTls: setting({ env: 'PHAROS_KAFKA_TLS', about: 'Cluster: speak TLS with Kafka.', schema: flag, fallback: 'false' }),
  kafkaCaFile: setting({
    env: 'PHAROS_KAFKA_CA_FILE',
    about: 'Cluster: authority of the brokers’ certificates, where the machine does not know it.',
    schema: optionalText,
  }),
  kafkaSasl: setting({
    env: 'PHAROS_KAFKA_SASL',
    about: 'Cluster: how Pharos signs in to Kafka: `scram-sha-512`, `scram-sha-256`, `plain`, or `oauthbearer` with a token.',
    schema: z.enum(['scram-sha-512', 'scram-sha-256', 'plain', 'oauthbearer']).optional(),
  }),
  kafkaUsername: setting({ env: 'PHAROS_KAFKA_USERNAME', about: 'Cluster: name at Kafka.', schema: optionalText }),
  kafkaPassword: setting({ env: 'PHAROS_KAFKA_PASSWORD', about: 'Cluster: password at Kafka.', schema: optionalText, secret: true }),
  kafkaTokenFile: setting({
    env: 'PHAROS_KAFKA_TOKEN_FILE',
    about: 'Cluster: file with the token for `oauthbearer`, which something else renews; read anew at each sign-in. Or ask for it, below.',
    schema: optionalText,
  }),
  kafkaTokenUrl: setting({
    env: 'PHAROS_KAFKA_TOKEN_URL',
    about: 'Cluster: address that gives tokens for `oauthbearer` to a client by its name and secret (OAuth 2.0, client credentials).',
    schema: z.url({ protocol: /^https?$/ }).optional(),
  }),
  kafkaClientId: setting({ env: 'PHAROS_KAFKA_CLIENT_ID', about: 'Cluster: name of the client there.', schema: optionalText }),
  kafkaClientSecretFile: setting({
    env: 'PHAROS_KAFKA_CLIENT_SECRET_FILE',
    about: 'Cluster: file with the secret of the client; read anew for each token.',
    schema: optionalText,
  }),
  kafkaTokenScope: setting({
    env: 'PHAROS_KAFKA_TOKEN_SCOPE',
    about: 'Cluster: scope that is asked for, where one is needed.',
    schema: optionalText,
  }),
  clickhouseUrl: setting({
    env: 'PHAROS_CLICKHOUSE_URL',
    about: 'Cluster: ClickHouse over HTTP, `https://host:8443`.',
    schema: z.url().optional(),
  }),
  clickhouseUser: setting({ env: 'PHAROS_CLICKHOUSE_USER', about: 'Cluster: user at ClickHouse.', schema: optionalText }),
  clickhousePassword: setting({
    env: 'PHAROS_CLICKHOUSE_PASSWORD',
    about: 'Cluster: password at ClickHouse.',
    schema: optionalText,
    secret: true,
  }),
  clickhouseCluster: setting({
    env: 'PHAROS_CLICKHOUSE_CLUSTER',
    about: 'Cluster: name that several ClickHouse servers with the same rows have for it. Left out, there is one server.',
    schema: optionalText,
  }),
  registryUrl: setting({
    env: 'PHAROS_REGISTRY_URL',
    about: 'Cluster: database of the registry, `postgresql://user:password@host/database`.',
    schema: postgresUrl,
    secret: true,
  }),
  vaultUrl: setting({
    env: 'PHAROS_VAULT_URL',
    about: 'Cluster: database of the vault, with a role of its own. Only ingest and insights may have it.',
    schema: postgresUrl,
    secret: true,
  }),
  postgresTls: setting({
    env: 'PHAROS_POSTGRES_TLS',
    about: 'Cluster: speak TLS with PostgreSQL and check its certificate.',
    schema: flag,
    fallback: 'false',
  }),
  postgresCaFile: setting({
    env: 'PHAROS_POSTGRES_CA_FILE',
    about: 'Cluster: authority of PostgreSQL’s certificate, where the machine does not know it.',
    schema: optionalText,
  }),
  postgresPool: setting({
    env: 'PHAROS_POSTGRES_POOL',
    about: 'Cluster: most connections of one process to each database.',
    schema: whole(2, 200),
    fallback: '10',
  }),
  postgresStatementTimeoutMs: setting({
    env: 'PHAROS_POSTGRES_STATEMENT_TIMEOUT_MS',
    about: 'Cluster: a statement that takes longer is cancelled by PostgreSQL.',
    schema: whole(1_000, 3_600_000),
    fallback: '60000',
  }),
  tracesUrl: setting({
    env: 'PHAROS_TRACES_URL',
    about: 'Cluster: collector of OpenTelemetry traces, OTLP over HTTP: `http://collector:4318/v1/traces`. Without it none are made.',
    schema: z.url({ protocol: /^https?$/ }).optional(),
  }),
  tracesShare: setting({
    env: 'PHAROS_TRACES_SHARE',
    about: 'Cluster: share of requests that are traced, 0 to 1. One that comes with a trace is traced as that one says.',
    schema: z.coerce.number().min(0).max(1),
    fallback: '0.01',
  }),
  blobDir: setting({
    env: 'PHAROS_BLOB_DIR',
    about: 'Cluster: folder of attachments, on a file system that every ingest and insights shares; or give them a store, below.',
    schema: optionalText,
  }),
  blobUrl: setting({
    env: 'PHAROS_BLOB_URL',
    about: 'Cluster: S3-compatible store of attachments, bucket and folder as one address: `https://host/bucket/folder`.',
    schema: z.url({ protocol: /^https?$/ }).optional(),
  }),
  blobRegion: setting({
    env: 'PHAROS_BLOB_REGION',
    about: 'Cluster: region of the store, which is part of each signature.',
    schema: text,
    fallback: 'us-east-1',
  }),
  blobAccessKey: setting({ env: 'PHAROS_BLOB_ACCESS_KEY', about: 'Cluster: name of the key at the store.', schema: optionalText }),
  blobSecretKey: setting({
    env: 'PHAROS_BLOB_SECRET_KEY',
    about: 'Cluster: the key at the store. Secret: never printed.',
    schema: optionalText,
    secret: true,
  }),
  archiveDir: setting({
    env: 'PHAROS_ARCHIVE_DIR',
    about: 'Cluster: folder into which a projector archives every topic, on a file system that all projectors share; or a store, below.',
    schema: optionalText,
  }),
  archiveUrl: setting({
    env: 'PHAROS_ARCHIVE_URL',
    about:
      'Cluster: S3-compatible store of the archive, with the region and keys of the blob store. Needed where a topic is not kept for ever.',
    schema: z.url({ protocol: /^https?$/ }).optional(),
  }),
  archiveAfterMinutes: setting({
    env: 'PHAROS_ARCHIVE_AFTER_MINUTES',
    about: 'Cluster: a fact is archived once it is so old, if a segment was not full before. Far less than the retention of the topics.',
    schema: whole(1, 10_080),
    fallback: '60',
  }),
} as const;
