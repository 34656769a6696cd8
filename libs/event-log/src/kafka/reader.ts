import { type Topic } from '@pharos/facts';
import { type ReadOptions, type Stored } from '../event-log.js';
import { type FetchedRecord } from './broker-requests.js';
import { RECORDED_AT } from './appender.js';
import { type ClusterClient } from './cluster-client.js';
import { KnownTimes, raisedTime } from './raised-time.js';

const MAX_FACTS = 5_000;
const MAX_BYTES = 16 * 1024 * 1024;

/** Compressed bytes of one answer of a broker: some 5,000 statements. More is decoded at once and held in memory. */
const FETCH_BYTES = 1024 * 1024;

/** What was fetched and not yet asked for: the next page begins here, as readers go on where they stopped. */
interface Ahead {
  readonly records: readonly FetchedRecord[];
  readonly head: number;
}

/** Reads facts from the partitions of a cluster. */
export class KafkaReader {
  private readonly ahead = new Map<string, Ahead>();
  private readonly times = new Map<string, KnownTimes>();

  constructor(
    private readonly client: ClusterClient,
    private readonly nameOf: (topic: Topic) => string,
  ) {}

  async read(topic: Topic, partition: number, fromOffset: number, options: ReadOptions = {}): Promise<readonly Stored[]> {
    const { maxFacts = MAX_FACTS, maxBytes = MAX_BYTES } = options;
    const name = this.nameOf(topic);
    const found: Stored[] = [];
    let next = fromOffset;
    let bytes = 0;
    while (found.length < maxFacts && (bytes < maxBytes || found.length === 0)) {
      const { records, head } = await this.from(name, partition, next);
      if (records.length === 0) {
        if (next >= head) break;
        throw new Error(`${name}/${partition} is short of offset ${next}: was its retention limited without an archive?`);
      }
      let greatest = await this.greatestBefore(name, partition, records[0]!);
      for (const record of records) {
        if (found.length >= maxFacts || (bytes >= maxBytes && found.length > 0)) break;
        greatest = Math.max(greatest, Number(record.timestamp));
        const offset = Number(record.offset);
        found.push(toStored({ topic, partition, offset }, new Date(greatest).toISOString(), record));
        bytes += record.value?.length ?? 0;
        next = offset + 1;
      }
      this.timesOf(name, partition).learn(next, greatest);
      const left = records.filter((record) => Number(record.offset) >= next);
      if (left.length > 0) this.ahead.set(`${name}/${partition}`, { records: left, head });
    }
    return found;
  }

  /** The time of recording at an offset whose broker's time is known. */
  async recordedAt(topic: Topic, partition: number, offset: number, time: number, next: number): Promise<number> {
    const name = this.nameOf(topic);
    const known = this.timesOf(name, partition);
    const before = known.before(offset);
    const raised = before === undefined ? await raisedTime(this.asked(name, partition), offset, time) : Math.max(before, time);
    known.learn(next, raised);
    return raised;
  }

  private async from(name: string, partition: number, offset: number): Promise<Ahead> {
    const key = `${name}/${partition}`;
    const kept = this.ahead.get(key);
    this.ahead.delete(key);
    if (kept && Number(kept.records[0]!.offset) === offset) return kept;
    const fetched = await this.client.fetch(name, partition, offset, FETCH_BYTES);
    if (!fetched) return { records: [], head: (await this.client.heads([{ name, partitions: partition + 1 }]))[0]![partition]! };
    const records = fetched.messages.filter((record) => Number(record.offset) >= offset && !record.isControlRecord);
    return { records, head: Number(fetched.highWatermark) };
  }

  private async greatestBefore(name: string, partition: number, first: FetchedRecord): Promise<number> {
    const offset = Number(first.offset);
    const known = this.timesOf(name, partition).before(offset);
    return known ?? raisedTime(this.asked(name, partition), offset, Number(first.timestamp));
  }

  private asked(name: string, partition: number) {
    return {
      firstAtOrAfter: (time: number) => this.client.firstAtOrAfter(name, partition, time),
      greatest: async (from: number, to: number) => {
        let greatest = 0;
        for (let next = from; next < to;) {
          const fetched = await this.client.fetch(name, partition, next, FETCH_BYTES);
          const records = fetched?.messages.filter((record) => Number(record.offset) >= next && Number(record.offset) < to) ?? [];
          if (records.length === 0) break;
          for (const { timestamp } of records) greatest = Math.max(greatest, Number(timestamp));
          next = Number(records.at(-1)!.offset) + 1;
        }
        return greatest;
      },
    };
  }

  private timesOf(name: string, partition: number): KnownTimes {
    const key = `${name}/${partition}`;
    const known = this.times.get(key) ?? new KnownTimes();
    this.times.set(key, known);
    return known;
  }
}

/** What lies in a record: a fact with the times that the log adds, or the text itself where that is no JSON object. */
function toStored(position: Stored['position'], raised: string, { value, headers }: FetchedRecord): Stored {
  const text = value?.toString() ?? '';
  const recordedAt = headers?.[RECORDED_AT]?.toString() ?? raised;
  const trace = headers?.traceparent?.toString();
  const place = { position, recordedAt, ...(trace === undefined ? {} : { trace }) };
  try {
    const fact = JSON.parse(text) as { recordedAt: string; knownAt?: string } | null;
    if (typeof fact === 'object' && fact !== null && !Array.isArray(fact)) {
      fact.recordedAt = recordedAt;
      fact.knownAt ??= recordedAt;
      return { ...place, stored: fact };
    }
  } catch {
    // Not JSON: the reader of facts says so, with the bytes as they lie there.
  }
  return { ...place, stored: text };
}
