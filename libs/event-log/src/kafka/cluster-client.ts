import { setTimeout as sleep } from 'node:timers/promises';
import { type Kafka } from 'kafkajs';
import { LogUnavailable } from '../event-log.js';
import { type Cluster, type FetchedPartition, innerCluster, protocolError } from './broker-requests.js';

/** A leader that died is followed by another within some seconds; a question waits so long for it. */
const PATIENCE_MS = 30_000;
const PAUSE_MS = 100;

const LATEST = -1;

/** Asks the leaders of partitions, and asks again while leadership moves. */
export class ClusterClient {
  private readonly cluster: Cluster;
  private connected: Promise<void> | undefined;
  private closed = false;

  constructor(
    kafka: Kafka,
    private readonly names: readonly string[],
    private readonly patienceMs = PATIENCE_MS,
  ) {
    this.cluster = innerCluster(kafka);
  }

  /** How many partitions a topic has. */
  async partitionsOf(name: string): Promise<number> {
    return this.asking((cluster) => Promise.resolve(cluster.findTopicPartitionMetadata(name).length));
  }

  /** The next offset of each partition of each topic: one question to each broker. */
  heads(topics: readonly { readonly name: string; readonly partitions: number }[]): Promise<readonly (readonly number[])[]> {
    return this.asking(async (cluster) => {
      const asked = topics.map(({ name, partitions }) => ({
        name,
        all: Array.from({ length: partitions }, (_, partition) => ({ partition })),
      }));
      const offsets = await offsetsOf(cluster, asked, LATEST);
      return asked.map(({ name, all }) => all.map(({ partition }) => required(offsets.get(`${name}/${partition}`), name, partition)));
    });
  }

  /** The first offset of a partition whose time is at least this; undefined when there is none. */
  firstAtOrAfter(name: string, partition: number, time: number): Promise<number | undefined> {
    return this.asking(async (cluster) => {
      const offset = required(
        (await offsetsOf(cluster, [{ name, all: [{ partition }] }], time)).get(`${name}/${partition}`),
        name,
        partition,
      );
      return offset < 0 ? undefined : offset;
    });
  }

  /** Records of a partition from about an offset: the batch that holds it begins before it. Undefined beyond the head. */
  fetch(name: string, partition: number, fromOffset: number, maxBytes: number): Promise<FetchedPartition | undefined> {
    return this.asking(async (cluster) => {
      await cluster.refreshMetadataIfNecessary();
      const leader = cluster.findTopicPartitionMetadata(name).find(({ partitionId }) => partitionId === partition)?.leader;
      if (leader === undefined || leader < 0) throw new Error(`${name}/${partition} has no leader now`);
      const broker = await cluster.findBroker({ nodeId: leader });
      try {
        const { responses } = await broker.fetch({
          replicaId: -1,
          isolationLevel: 0,
          maxWaitTime: 0,
          minBytes: 0,
          maxBytes,
          topics: [{ topic: name, partitions: [{ partition, fetchOffset: String(fromOffset), maxBytes }] }],
        });
        return responses[0]?.partitions[0];
      } catch (error) {
        if (protocolError(error) === 'OFFSET_OUT_OF_RANGE') return undefined;
        throw error;
      }
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.connected?.catch(() => undefined); // it never stood: there is nothing to end
    await this.cluster.disconnect();
  }

  private async asking<T>(question: (cluster: Cluster) => Promise<T>): Promise<T> {
    const deadline = performance.now() + this.patienceMs;
    for (;;) {
      if (this.closed) throw new LogUnavailable('closed', 'The event log is closed.');
      try {
        await (this.connected ??= this.connect());
        return await question(this.cluster);
      } catch (error) {
        if (performance.now() > deadline) {
          throw new LogUnavailable('timeout', `Kafka did not answer within ${this.patienceMs} ms: ${(error as Error).message}`, {
            cause: error,
          });
        }
        await this.mend(error);
      }
    }
  }

  private async connect(): Promise<void> {
    try {
      await this.cluster.connect();
      await this.cluster.addMultipleTargetTopics(this.names);
    } catch (error) {
      this.connected = undefined;
      throw error;
    }
  }

  private async mend(error: unknown): Promise<void> {
    await sleep(PAUSE_MS);
    if (this.closed) return;
    const { host, port } = error as { readonly host?: string; readonly port?: number };
    if (host !== undefined && port !== undefined) this.cluster.removeBroker({ host, port });
    // Where this fails too, the next round of the question says so.
    await this.cluster.refreshMetadata().catch(() => (this.connected = undefined));
  }
}

interface Asked {
  readonly name: string;
  readonly all: readonly { readonly partition: number }[];
}

async function offsetsOf(cluster: Cluster, asked: readonly Asked[], time: number): Promise<ReadonlyMap<string, number>> {
  await cluster.refreshMetadataIfNecessary();
  const answers = await cluster.fetchTopicsOffset(asked.map(({ name, all }) => ({ topic: name, partitions: all, fromTimestamp: time })));
  return new Map(
    answers.flatMap(({ topic, partitions }) => partitions.map(({ partition, offset }) => [`${topic}/${partition}`, Number(offset)])),
  );
}

function required(offset: number | undefined, name: string, partition: number): number {
  if (offset === undefined) throw new Error(`no broker speaks for ${name}/${partition} now`);
  return offset;
}
