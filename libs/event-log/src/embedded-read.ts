import { setImmediate } from 'node:timers/promises';
import { type Topic } from '@pharos/facts';
import { parseLines } from './chunk-lines.js';
import { type Chunk, releaseChunk, unpackChunk } from './chunk.js';
import { type Store } from './embedded-store.js';
import { LogUnavailable, type ReadOptions, type Stored } from './event-log.js';

const MAX_FACTS = 5_000;
const MAX_BYTES = 16 * 1024 * 1024;

/** Unpacked text that is kept for readers of single facts, who come back for neighbours. */
const KEPT_BYTES = 16 * 1024 * 1024;

/** After about so much JSON the event loop gets its turn: 512 KiB take 2 to 4 ms to unpack and parse. */
const BREATH_BYTES = 512 * 1024;

/** One call of `read`, under way. */
interface Reading {
  readonly topic: Topic;
  readonly partition: number;
  readonly maxFacts: number;
  readonly maxBytes: number;
  readonly found: Stored[];
  next: number;
  bytes: number;
  breath: number;
}

/** Reads facts out of chunks. */
export class EmbeddedReader {
  /** Least recently used first. */
  private readonly kept = new Map<string, Chunk>();
  private keptBytes = 0;
  private closed = false;

  constructor(private readonly store: Store) {}

  async read(topic: Topic, partition: number, fromOffset: number, options: ReadOptions = {}): Promise<readonly Stored[]> {
    const { maxFacts = MAX_FACTS, maxBytes = MAX_BYTES } = options;
    const reading: Reading = { topic, partition, maxFacts, maxBytes, found: [], next: fromOffset, bytes: 0, breath: 0 };
    this.store.root.resetReadTxn();
    this.readFirst(reading);
    while (reading.found.length > 0 && wantsMore(reading) && this.readOn(reading)) {
      await setImmediate();
      if (this.closed) throw new LogUnavailable('closed', 'The event log was closed while it was read.');
    }
    return reading.found;
  }

  /** Ends readings that are under way: the map they read from goes. */
  close(): void {
    this.closed = true;
  }

  /** The chunk that holds the offset in its middle or at its start. */
  private readFirst(reading: Reading): void {
    const { topic, partition, next } = reading;
    const database = this.store.chunks(topic, partition);
    const [first] = database.getKeys({ start: next, reverse: true, limit: 1 });
    if (first === undefined) return;
    const name = `${topic}/${partition}/${first}`;
    let chunk = this.kept.get(name);
    if (!chunk) {
      const stored = database.get(first);
      if (!stored) return;
      chunk = unpackChunk(stored);
    }
    if (next < first + chunk.facts) take(reading, first, chunk);
    if (reading.next > next && reading.next < first + chunk.facts) this.keep(name, chunk);
    else this.drop(name, chunk);
  }

  /** The chunks after it, until a breath is due. Says whether there may be more. */
  private readOn(reading: Reading): boolean {
    const database = this.store.chunks(reading.topic, reading.partition);
    reading.breath = 0;
    for (const { key, value } of database.getRange({ start: reading.next })) {
      if (!wantsMore(reading)) return false;
      if (reading.breath >= BREATH_BYTES) return true;
      const chunk = unpackChunk(value);
      take(reading, key, chunk);
      releaseChunk(chunk);
    }
    return false;
  }

  private keep(name: string, chunk: Chunk): void {
    if (this.kept.delete(name)) this.keptBytes -= chunk.body.length;
    this.kept.set(name, chunk);
    this.keptBytes += chunk.body.length;
    for (const [oldest, old] of this.kept) {
      if (this.keptBytes <= KEPT_BYTES) break;
      this.drop(oldest, old);
    }
  }

  private drop(name: string, chunk: Chunk): void {
    if (this.kept.delete(name)) this.keptBytes -= chunk.body.length;
    releaseChunk(chunk);
  }
}

const wantsMore = ({ found, maxFacts, bytes, maxBytes }: Reading) => found.length < maxFacts && bytes < maxBytes;

/** Takes what is wanted of a chunk. Facts get the time of their commit, which stands in the chunk's header. */
function take(reading: Reading, first: number, chunk: Chunk): void {
  const { topic, partition, found } = reading;
  const cut = { skip: reading.next - first, maxFacts: reading.maxFacts - found.length, maxBytes: reading.maxBytes - reading.bytes };
  const { values, bytes } = parseLines(chunk, cut);
  const recordedAt = new Date(chunk.recordedAt).toISOString();
  for (const stored of values) {
    const fact = stored as { recordedAt: string; knownAt?: string };
    fact.recordedAt = recordedAt;
    fact.knownAt ??= recordedAt;
    found.push({ position: { topic, partition, offset: reading.next++ }, recordedAt, stored });
  }
  reading.bytes += bytes;
  reading.breath += bytes;
}
