import { createHash } from 'node:crypto';
import { type Adopted, type Claim, type EventLog, type KafkaLog, type Stored } from '@pharos/event-log';
import { type Topic, topicNames } from '@pharos/facts';
import { Refusal } from '../refusal.js';
import { PositionMap } from './position-map.js';

const BATCH = 1_000;

export interface TopicMoved {
  readonly topic: Topic;
  readonly facts: number;
  /** Hash over the facts with their times, whatever order they lie in. */
  readonly hash: string;
}

/** A log to be taken over, and the claims of its facts. */
export interface FormerLog extends Pick<EventLog, 'epoch' | 'partitions' | 'read'> {
  /** The claim that a fact came with, if it did: the first fact of an id has it. */
  claimOf(stored: Stored): Promise<Claim | undefined>;
}

/**
 * Takes every fact of a log over into an empty log on Kafka, with the time at which it was recorded, and the claims with it.
 *
 * The partitions of a topic are read in step by time, so that times never go backwards in a partition of the new log, and one
 * key keeps its order.
 *
 * @throws Refusal when the target holds facts, or its partitions are no multiple of the source's: positions could not be told then
 */
export async function moveLog(
  source: FormerLog,
  target: KafkaLog,
  onTopic: (moved: TopicMoved) => void = () => undefined,
): Promise<PositionMap> {
  for (const topic of topicNames) {
    if ((await target.heads(topic)).some((head) => head > 0))
      throw new Refusal(`the topic ${topic} of the target holds facts already; a log moves into empty topics`);
    const [from, to] = [source.partitions(topic), target.partitions(topic)];
    if (to % from !== 0)
      throw new Refusal(`${topic} has ${from} partitions here and ${to} there: give it a multiple of ${from} in PHAROS_KAFKA_TOPICS_FILE`);
  }
  const map = PositionMap.between(source.epoch, target.epoch);
  for (const topic of topicNames) {
    const sum = new FactSum();
    let batch: Stored[] = [];
    const flush = async (): Promise<void> => {
      const recorded = await target.adopt(topic, await Promise.all(batch.map((stored) => adopted(source, stored))));
      for (const [index, stored] of batch.entries()) {
        const { status, position } = recorded[index]!;
        // A fact that was appended twice, because its first answer was lost, counts once.
        if (status === 'known') continue;
        sum.add(stored);
        map.add(stored.position, position);
      }
      batch = [];
    };
    for await (const stored of byTime(source, topic)) {
      batch.push(stored);
      if (batch.length === BATCH) await flush();
    }
    if (batch.length > 0) await flush();
    onTopic({ topic, ...sum.result() });
  }
  return map;
}

/**
 * Reads the facts that were moved again from the target and holds them against what was read of the source.
 *
 * @throws Refusal naming the first topic that differs
 */
export async function expectArrived(target: EventLog, map: PositionMap, moved: readonly TopicMoved[]): Promise<void> {
  for (const { topic, facts, hash } of moved) {
    const sum = new FactSum();
    for (let partition = 0; partition < target.partitions(topic); partition++) {
      const offsets = map.offsetsIn(topic, partition);
      for await (const stored of pages(target, topic, partition)) if (offsets.has(stored.position.offset)) sum.add(stored);
    }
    const arrived = sum.result();
    if (arrived.facts !== facts || arrived.hash !== hash) throw new Refusal(`${topic} came out otherwise than it went in`, 4);
  }
}

async function adopted(source: FormerLog, whole: Stored): Promise<Adopted> {
  const { stored, recordedAt, position } = whole;
  // Its partition there is one of those into which the partition's facts go here.
  if (typeof stored === 'string') return { key: '', json: stored, recordedAt, partition: position.partition };
  const claim = await source.claimOf(whole);
  return { key: (stored as { readonly key: string }).key, json: JSON.stringify(stored), recordedAt, ...(claim ? { claim } : {}) };
}

/** A log that is open, with the claims that it has itself. */
export const openLog = (log: EventLog): FormerLog => ({
  epoch: log.epoch,
  partitions: (topic) => log.partitions(topic),
  read: (...place) => log.read(...place),
  claimOf: async ({ stored, position }) => {
    const { tenant, id } = stored as { readonly tenant: string; readonly id: string };
    const claim = await log.findClaim(tenant, id);
    // A claim is moved with the fact that it speaks of, which is the first of its id.
    const { topic, partition, offset } = claim?.position ?? {};
    const isOwn = topic === position.topic && partition === position.partition && offset === position.offset;
    return claim && isOwn ? { tenant, id, hash: claim.hash } : undefined;
  },
});

/** The facts of all partitions of a topic in the order of their times. */
async function* byTime(log: FormerLog, topic: Topic): AsyncGenerator<Stored> {
  const readers = Array.from({ length: log.partitions(topic) }, (_, partition) => pages(log, topic, partition));
  const next = await Promise.all(readers.map((reader) => reader.next()));
  for (;;) {
    let first: number | undefined;
    for (const [index, { done, value }] of next.entries()) {
      if (done === true) continue;
      const held = first === undefined ? undefined : next[first]!.value!;
      if (!held || value.recordedAt < held.recordedAt) first = index;
    }
    if (first === undefined) return;
    yield next[first]!.value!;
    next[first] = await readers[first]!.next();
  }
}

export async function* pages(log: Pick<EventLog, 'read'>, topic: Topic, partition: number): AsyncGenerator<Stored, undefined> {
  for (let from = 0; ;) {
    const page = await log.read(topic, partition, from);
    if (page.length === 0) return undefined;
    yield* page;
    from = page.at(-1)!.position.offset + 1;
  }
}

/** Adds hashes of facts, so that neither order nor partition counts, and a fact that is there twice does. */
class FactSum {
  private facts = 0;
  private sum = 0n;

  add({ stored, recordedAt }: Stored): void {
    const digest = createHash('sha256')
      .update(recordedAt)
      .update(JSON.stringify(sorted(stored)))
      .digest();
    this.sum = BigInt.asUintN(128, this.sum + digest.readBigUInt64BE(0) + (digest.readBigUInt64BE(8) << 64n));
    this.facts += 1;
  }

  result() {
    return { facts: this.facts, hash: this.sum.toString(16) };
  }
}

/** The order of a fact's own fields differs by who added its times. */
const sorted = (stored: unknown): unknown =>
  typeof stored === 'object' && stored !== null ? Object.entries(stored).sort(([a], [b]) => (a < b ? -1 : 1)) : stored;
