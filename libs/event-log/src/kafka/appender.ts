import { setTimeout as sleep } from 'node:timers/promises';
import { type Topic } from '@pharos/facts';
import kafkajs, { type Kafka, type Message, type Producer } from 'kafkajs';
import { LogUnavailable, type Recorded } from '../event-log.js';
import { protocolError } from './broker-requests.js';

/** A fact ready to be sent. */
export interface Line {
  readonly topic: Topic;
  readonly partition: number;
  readonly key: string;
  readonly json: string;
  /** W3C `traceparent` of whoever appends it, where that is traced. */
  readonly trace?: string;
  /** Of a fact that came from another log: when that one recorded it. */
  readonly recordedAt?: string;
}

/** Header of a fact that came from another log. */
export const RECORDED_AT = 'recorded-at';

/** So long an append tries. Claims that are pending for longer than twice this have lost their appender. */
export const PRODUCE_DEADLINE_MS = 25_000;
const PAUSE_MS = 100;

/** Errors that say that the same bytes will be refused again. */
const HOPELESS = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'TOPIC_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'INVALID_RECORD',
]);

export interface AppenderOptions {
  readonly kafka: Kafka;
  readonly nameOf: (topic: Topic) => string;
  /** The time of recording, from the broker's own time of a batch that begins at an offset and ends before `next`. */
  readonly recordedAt: (topic: Topic, partition: number, offset: number, time: number, next: number) => Promise<number>;
}

/**
 * Sends facts and waits until all in-sync replicas have them.
 *
 * One send at a time, as quick concurrent sends of an idempotent kafkajs producer can be answered OUT_OF_ORDER_SEQUENCE. After
 * any failed send the producer is thrown away: its sequence numbers may then mean something else to a broker, which would
 * answer a later batch as a repeat of an earlier one and not write it. The facts are sent again by a fresh producer; what was
 * written before all the same is dropped by the fold.
 */
export class KafkaAppender {
  private producer: Promise<Producer> | undefined;

  constructor(private readonly options: AppenderOptions) {}

  /**
   * The positions of the lines, in their order. Call it again only when it has returned.
   *
   * @throws LogUnavailable when the brokers did not take all of it in time; some of it may have been written
   */
  async append(lines: readonly Line[]): Promise<readonly Recorded[]> {
    const deadline = performance.now() + PRODUCE_DEADLINE_MS;
    const results = new Array<Recorded | undefined>(lines.length);
    for (;;) {
      const missing = lines.flatMap((line, index) => (results[index] ? [] : [{ line, index }]));
      if (missing.length === 0) return results as readonly Recorded[];
      try {
        await this.send(lines, missing, results);
      } catch (error) {
        await this.discard();
        const code = protocolError(error);
        if (performance.now() > deadline || (code !== undefined && HOPELESS.has(code))) {
          const why = `Kafka did not take the facts: ${code ?? (error as Error).message}`;
          throw new LogUnavailable(code !== undefined && HOPELESS.has(code) ? 'io' : 'timeout', why, { cause: error });
        }
        await sleep(PAUSE_MS);
      }
    }
  }

  async close(): Promise<void> {
    await this.discard();
  }

  private async send(
    lines: readonly Line[],
    missing: readonly { readonly line: Line; readonly index: number }[],
    results: (Recorded | undefined)[],
  ): Promise<void> {
    const parts = new Map<string, { topic: Topic; partition: number; indexes: number[]; messages: Message[] }>();
    for (const { line, index } of missing) {
      const key = `${this.options.nameOf(line.topic)}/${line.partition}`;
      const part = parts.get(key) ?? { topic: line.topic, partition: line.partition, indexes: [], messages: [] };
      parts.set(key, part);
      part.indexes.push(index);
      part.messages.push({ key: line.key, value: line.json, partition: line.partition, headers: headersOf(line) });
    }
    const topics = Map.groupBy(parts.values(), ({ topic }) => topic);
    const producer = await (this.producer ??= this.connect());
    const answers = await producer.sendBatch({
      acks: -1,
      compression: kafkajs.CompressionTypes.ZSTD,
      topicMessages: [...topics].map(([topic, each]) => ({
        topic: this.options.nameOf(topic),
        messages: each.flatMap(({ messages }) => messages),
      })),
    });
    for (const answer of answers) {
      const part = parts.get(`${answer.topicName}/${answer.partition}`);
      if (!part) continue;
      const first = Number(answer.baseOffset);
      const { topic, partition, indexes } = part;
      const time = await this.options.recordedAt(topic, partition, first, Number(answer.logAppendTime), first + indexes.length);
      const recordedAt = new Date(time).toISOString();
      for (const [order, index] of indexes.entries())
        results[index] = { position: { topic, partition, offset: first + order }, recordedAt: lines[index]!.recordedAt ?? recordedAt };
      parts.delete(`${answer.topicName}/${answer.partition}`);
    }
    // Where leadership moves in the middle, kafkajs can leave a partition out and say nothing.
    if (parts.size > 0) throw new Error(`no broker answered for ${[...parts.keys()].join(', ')}`);
  }

  private async connect(): Promise<Producer> {
    const producer = this.options.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      // Each message names its partition; kafkajs asks for a choice all the same.
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    return producer;
  }

  private async discard(): Promise<void> {
    const last = this.producer;
    this.producer = undefined;
    const producer = await last?.catch(() => undefined);
    await producer?.disconnect();
  }
}

function headersOf({ trace, recordedAt }: Line): Record<string, string> {
  return { ...(trace === undefined ? {} : { traceparent: trace }), ...(recordedAt === undefined ? {} : { [RECORDED_AT]: recordedAt }) };
}
