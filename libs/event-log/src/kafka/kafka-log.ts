import { type Topic, topicNames, topicOf } from '@pharos/facts';
import { activeTraceparent, traced } from '@pharos/runtime';
import {
  type Claim,
  type ClaimedAppend,
  type ClaimResult,
  encodeFact,
  type EncodedFact,
  type EventLog,
  LogRefused,
  LogUnavailable,
  type Position,
} from '../event-log.js';
import { Gathering } from '../gathering.js';
import { GroupCommit } from '../group-commit.js';
import { partitionOf } from '../partitioner.js';
import { KafkaAppender, type Line } from './appender.js';
import { appendGroup } from './claimed-append.js';
import { protocolError } from './broker-requests.js';
import { ClusterClient } from './cluster-client.js';
import { kafkaClient, type KafkaConnection } from './connection.js';
import { type Append } from './decide-claims.js';
import { readEpoch } from './epoch.js';
import { type LogLedger } from './ledger.js';
import { KafkaNews } from './news.js';
import { expectReachable } from './reachable.js';
import { KafkaReader } from './reader.js';
import { settleOverdue } from './settle-overdue.js';
import { EPOCH_TOPIC } from './topics.js';

export interface KafkaLogOptions {
  readonly connection: KafkaConnection;
  /** Before each topic's name, so that several installations can share brokers. */
  readonly topicPrefix: string;
  readonly ledger: LogLedger;
  /** How long brokers may leave a question open, while a leader is chosen or topics are being made; default 30 s. */
  readonly patienceMs?: number;
}

/** What another log held, on its way into this one. */
export interface Adopted {
  /** The key that decides the partition. */
  readonly key: string;
  /** The bytes as they lay there; a fact is JSON. */
  readonly json: string;
  readonly recordedAt: string;
  readonly claim?: Claim;
  /** Where it goes in the place of its key's partition: for bytes that are no fact and have none. */
  readonly partition?: number;
}

/** The event log of a cluster. */
export interface KafkaLog extends EventLog {
  /**
   * Takes facts of another log over with the times at which that one recorded them, in the order given. For an empty log that
   * nobody else appends to; hand them in the order of their times, so that these never go backwards within a partition. A fact
   * whose claim stands already is `known` and left out.
   */
  adopt(topic: Topic, facts: readonly Adopted[]): Promise<readonly ClaimResult[]>;

  /** Settles claims whose appender is gone. Call it now and then from the processes that append. @param olderThanMs default 50 s */
  settleOverdue(olderThanMs?: number): Promise<{ readonly found: number; readonly closed: number }>;
}

/** A group waits behind one that waits for a new leader. */
const limits = { waitMs: 30_000 };

/**
 * Opens the log that lives in the topics of a Kafka cluster. The topics have to stand (`applyTopics`).
 *
 * Appending needs all in-sync replicas. Facts of one call may be spread over partitions, and Kafka takes them partition by
 * partition: where `append` rejects, a part of them may have been written, and is dropped by the fold when it is sent again.
 *
 * @throws LogRefused when a topic is missing
 * @throws LogUnavailable when no broker answers
 * @example const log = await openKafkaLog({ connection: { brokers: ['kafka:9092'], clientId: 'ingest' }, topicPrefix: 'pharos.', ledger });
 */
export async function openKafkaLog({ connection, topicPrefix, ledger, patienceMs }: KafkaLogOptions): Promise<KafkaLog> {
  await expectReachable(connection.brokers);
  const kafka = kafkaClient(connection);
  const nameOf = (topic: Topic) => `${topicPrefix}${topic}`;
  const client = new ClusterClient(kafka, [...topicNames.map(nameOf), `${topicPrefix}${EPOCH_TOPIC}`], patienceMs);
  try {
    const sizes = new Map<Topic, number>();
    for (const topic of topicNames) {
      const size = await client.partitionsOf(nameOf(topic));
      if (size === 0) throw new LogRefused(`the topic ${nameOf(topic)} does not exist: run pharos topics apply`);
      sizes.set(topic, size);
    }
    return kafkaLog(kafka, client, await readEpoch(kafka, client, `${topicPrefix}${EPOCH_TOPIC}`), nameOf, sizes, ledger);
  } catch (error) {
    await client.close();
    if (protocolError((error as Error).cause) !== 'UNKNOWN_TOPIC_OR_PARTITION') throw error;
    throw new LogRefused(`not every topic ${topicPrefix}… exists: run pharos topics diff, then pharos topics apply`, { cause: error });
  }
}

function kafkaLog(
  kafka: ReturnType<typeof kafkaClient>,
  client: ClusterClient,
  epoch: string,
  nameOf: (topic: Topic) => string,
  sizes: ReadonlyMap<Topic, number>,
  ledger: LogLedger,
): KafkaLog {
  const partitions = (topic: Topic) => sizes.get(topic)!;
  const reader = new KafkaReader(client, nameOf);
  const appender = new KafkaAppender({ kafka, nameOf, recordedAt: (...place) => reader.recordedAt(...place) });
  const writer = new GroupCommit<Append, readonly Append[]>({
    prepare: (group) => Promise.resolve(group),
    commit: async (group) => {
      await appendGroup(group, { appender, ledger, endsOf });
      news.appended(new Set(group.flatMap(({ lines }) => lines.map(({ topic }) => topic))));
    },
    limits,
  });
  const news = new KafkaNews((topics) => headsOf(topics));
  const gathering = new Gathering();
  let closing: Promise<void> | undefined;

  const headsOf = (topics: readonly Topic[]) =>
    client.heads(topics.map((topic) => ({ name: nameOf(topic), partitions: partitions(topic) })));
  const heads = async (topic: Topic) => {
    readable();
    return (await headsOf([topic]))[0]!;
  };

  async function findClaims(tenant: string, ids: readonly string[]) {
    readable();
    if (ids.length === 0) return [];
    const standing = await ledger.standing(ids.map((id) => ({ tenant, id })));
    return standing.map((claim) => claim?.recorded && { ...claim.recorded, hash: claim.hash });
  }

  async function endsOf(lines: readonly Line[]): Promise<readonly Position[]> {
    const touched = Map.groupBy(lines, ({ topic }) => topic);
    const ends: Position[] = [];
    for (const [topic, each] of touched) {
      const all = await heads(topic);
      for (const partition of new Set(each.map((line) => line.partition))) ends.push({ topic, partition, offset: all[partition]! });
    }
    return ends;
  }

  function readable(): void {
    if (closing) throw new LogUnavailable('closed', 'The event log is closed.');
  }

  function lineOf({ type, key, json }: EncodedFact, claim?: Claim): Append['lines'][number] {
    const topic = topicOf(type);
    const trace = activeTraceparent();
    const line = { topic, partition: partitionOf(key, partitions(topic)), key, json, ...(trace === undefined ? {} : { trace }) };
    return claim ? { ...line, claim } : line;
  }

  async function write(lines: Append['lines']): Promise<Append> {
    const append: Append = { lines, results: [], conflicts: [], waiting: false };
    const bytes = lines.reduce((sum, { json }) => sum + json.length, 0);
    if (lines.length > 0) await traced('log append', { facts: lines.length, bytes }, () => writer.write(append, bytes));
    return append;
  }

  async function writeClaimed(lines: Append['lines']): Promise<ClaimedAppend> {
    const { results, conflicts } = await write(lines);
    return conflicts.length > 0 ? { outcome: 'conflict', conflicts } : { outcome: 'appended', results };
  }

  return {
    epoch,
    partitions,
    append: async (facts) => {
      const { results } = await write(facts.map((fact) => lineOf(encodeFact(fact))));
      return results.map(({ position, recordedAt }) => ({ position, recordedAt }));
    },
    appendClaimed: async (batch) => writeClaimed(batch.map(({ fact, claim }) => lineOf(encodeFact(fact), claim))),
    appendEncoded: async (batch) => writeClaimed(batch.map(({ fact, claim }) => lineOf(fact, claim))),
    adopt: async (topic, facts) => {
      const lines = facts.map(({ key, json, recordedAt, claim, partition = partitionOf(key, partitions(topic)) }) => {
        const line = { topic, partition, key, json, recordedAt };
        return claim ? { ...line, claim } : line;
      });
      const { results, conflicts } = await write(lines);
      if (conflicts.length > 0) throw new LogRefused(`${nameOf(topic)} knows ids that are to be taken over: the log is not empty`);
      return results;
    },
    findClaim: async (tenant, id) => (await findClaims(tenant, [id]))[0],
    findClaims,
    read: async (topic, partition, fromOffset, options) => {
      readable();
      return reader.read(topic, partition, fromOffset, options);
    },
    heads,
    committed: async (consumer, topic) => {
      readable();
      return ledger.committed(consumer, topic, partitions(topic));
    },
    commit: async (consumer, topic, partition, nextOffset) => {
      readable();
      await ledger.commit(consumer, topic, partition, nextOffset);
    },
    forget: async (consumer) => {
      readable();
      await ledger.forget(consumer);
    },
    waitForNews: (topics, timeoutMs) => {
      readable();
      return news.wait(topics, timeoutMs);
    },
    // Whoever folds is another process, which hears nothing of it and goes by its own pace.
    hurry: () => gathering.end(),
    hurried: (timeoutMs) => gathering.wait(timeoutMs),
    settleOverdue: async (olderThanMs) => {
      readable();
      return settleOverdue(ledger, reader, async ({ topic, partition }) => (await heads(topic))[partition]!, olderThanMs);
    },
    close: () =>
      (closing ??= (async () => {
        await writer.close();
        news.close();
        gathering.end();
        await appender.close();
        await client.close();
      })()),
  };
}
