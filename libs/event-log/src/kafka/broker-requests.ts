import { type Kafka } from 'kafkajs';

/** One record as kafkajs decodes it. */
export interface FetchedRecord {
  readonly offset: string;
  readonly timestamp: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers?: Readonly<Record<string, Buffer | undefined>>;
  readonly isControlRecord: boolean;
}

export interface FetchedPartition {
  readonly partition: number;
  readonly highWatermark: string;
  readonly messages: readonly FetchedRecord[];
}

interface Broker {
  fetch(request: {
    readonly replicaId: number;
    readonly isolationLevel: number;
    readonly maxWaitTime: number;
    readonly minBytes: number;
    readonly maxBytes: number;
    readonly topics: readonly {
      readonly topic: string;
      readonly partitions: readonly { readonly partition: number; readonly fetchOffset: string; readonly maxBytes: number }[];
    }[];
  }): Promise<{ readonly responses: readonly { readonly topicName: string; readonly partitions: readonly FetchedPartition[] }[] }>;
}

interface OffsetsQuestion {
  readonly topic: string;
  readonly partitions: readonly { readonly partition: number }[];
  readonly fromBeginning?: boolean;
  readonly fromTimestamp?: number;
}

/** The part of kafkajs's inner client that reading at any place needs; its consumers know groups only. */
export interface Cluster {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  addMultipleTargetTopics(topics: readonly string[]): Promise<void>;
  refreshMetadata(): Promise<void>;
  refreshMetadataIfNecessary(): Promise<void>;
  findTopicPartitionMetadata(topic: string): readonly { readonly partitionId: number; readonly leader: number }[];
  findBroker(node: { readonly nodeId: number }): Promise<Broker>;
  removeBroker(address: { readonly host: string; readonly port: number }): void;
  fetchTopicsOffset(
    topics: readonly OffsetsQuestion[],
  ): Promise<
    readonly { readonly topic: string; readonly partitions: readonly { readonly partition: number; readonly offset: string }[] }[]
  >;
}

type CreateCluster = (options: {
  readonly allowAutoTopicCreation: boolean;
  readonly isolationLevel: number;
  readonly metadataMaxAge: number;
}) => Cluster;

const READ_UNCOMMITTED = 0;
const METADATA_MAX_AGE_MS = 60_000;

/**
 * kafkajs's inner client of its own connections.
 *
 * It hides behind a symbol, and its version is pinned: a release that no longer has it fails here, in one clear line.
 *
 * @throws Error when this version of kafkajs is built otherwise
 */
export function innerCluster(kafka: Kafka): Cluster {
  const hidden = Object.getOwnPropertySymbols(kafka).find(({ description }) => description === 'private:Kafka:createCluster');
  const create = hidden && (kafka as unknown as Record<symbol, CreateCluster | undefined>)[hidden];
  if (!create) throw new Error('this version of kafkajs keeps its inner client elsewhere; reading was written for 2.2.4');
  return create({ allowAutoTopicCreation: false, isolationLevel: READ_UNCOMMITTED, metadataMaxAge: METADATA_MAX_AGE_MS });
}

/** Code of the protocol's errors, such as `OFFSET_OUT_OF_RANGE`; undefined for other errors. */
export function protocolError(error: unknown): string | undefined {
  const { name, type } = error as { readonly name?: unknown; readonly type?: unknown };
  return typeof name === 'string' && name.startsWith('KafkaJS') && typeof type === 'string' ? type : undefined;
}
