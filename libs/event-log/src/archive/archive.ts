import { type Topic, topicNames } from '@pharos/facts';
import { type BlobStore } from '../blobs.js';
import { type EventLog, type Stored } from '../event-log.js';
import { encodeSegment } from './segment.js';
import { writeTips } from './tips.js';

/** One run of a partition that lies in the archive. */
export interface ArchivedSegment {
  readonly epoch: string;
  readonly topic: Topic;
  readonly partition: number;
  /** Offsets from `first` up to, not including, `next`. */
  readonly first: number;
  readonly next: number;
  readonly blob: string;
  readonly bytes: number;
}

/** Which segments there are. It can be made again from the segments, each of which names the one before it. */
export interface ArchiveIndex {
  /** Segments of a partition in order. */
  segments(epoch: string, topic: Topic, partition: number): Promise<readonly ArchivedSegment[]>;
  /** Adds what follows the last one. @returns false when another process added something there meanwhile */
  add(segment: ArchivedSegment): Promise<boolean>;
}

/** Where segments lie, and which there are. */
export interface Archive {
  readonly blobs: BlobStore;
  readonly index: ArchiveIndex;
}

/** Bounds of a segment: what is read at once when everything is folded again. */
const MAX_FACTS = 50_000;
const MAX_BYTES = 32 * 1024 * 1024;
const PAGE = 5_000;

export interface WriteArchiveOptions extends Archive {
  readonly log: EventLog;
  readonly now: () => Date;
  /** A segment that is not full is written all the same once its oldest fact is as old as this. 0: everything up to the heads. */
  readonly afterMs: number;
  readonly signal?: AbortSignal;
  /** For tests: facts of a full segment. */
  readonly maxFacts?: number;
}

/**
 * Writes what is new in every topic into the archive, up to the heads of the moment or to what is old enough. May be
 * repeated, also by two processes at once: a segment is in the index once.
 *
 * @throws Error when the log no longer has what follows the last segment
 * @example await writeArchive({ log, blobs, index, now, afterMs: 3_600_000 }); // => { segments: 2, facts: 71_204, bytes: 4_811_330 }
 */
export async function writeArchive(
  options: WriteArchiveOptions,
): Promise<{ readonly segments: number; readonly facts: number; readonly bytes: number }> {
  const written = { segments: 0, facts: 0, bytes: 0 };
  for (const topic of topicNames) {
    const heads = await options.log.heads(topic);
    for (const [partition, head] of heads.entries()) {
      for await (const segment of newSegments(options, topic, partition, head)) {
        written.segments += 1;
        written.facts += segment.next - segment.first;
        written.bytes += segment.bytes;
      }
    }
  }
  if (written.segments > 0) await writeTips(options.log, options);
  return written;
}

async function* newSegments(
  { log, blobs, index, now, afterMs, signal, maxFacts = MAX_FACTS }: WriteArchiveOptions,
  topic: Topic,
  partition: number,
  head: number,
): AsyncGenerator<ArchivedSegment> {
  let last = (await index.segments(log.epoch, topic, partition)).at(-1);
  while (!signal?.aborted) {
    const { stored, full } = await gather(log, topic, partition, last?.next ?? 0, head, maxFacts);
    const [first, ...others] = stored;
    if (!first || !(full || now().getTime() - Date.parse(first.recordedAt) >= afterMs)) return;
    const bytes = await encodeSegment({ epoch: log.epoch, topic, partition, previous: last?.blob ?? null }, [first, ...others]);
    const segment: ArchivedSegment = {
      epoch: log.epoch, topic, partition, first: first.position.offset, next: first.position.offset + stored.length,
      blob: await blobs.put(bytes), bytes: bytes.length,
    }; // prettier-ignore
    // Another archiver was faster: its segment stands, and the next round goes on behind it.
    if (!(await index.add(segment))) return;
    last = segment;
    yield segment;
  }
}

async function gather(log: EventLog, topic: Topic, partition: number, from: number, head: number, maxFacts: number) {
  const stored: Stored[] = [];
  let bytes = 0;
  while (stored.length < maxFacts && bytes < MAX_BYTES && from + stored.length < head) {
    const page = await log.read(topic, partition, from + stored.length, { maxFacts: Math.min(PAGE, maxFacts - stored.length) });
    if (page.length === 0) break;
    for (const each of page) bytes += JSON.stringify(each.stored).length;
    stored.push(...page);
  }
  return { stored, full: stored.length >= maxFacts || bytes >= MAX_BYTES };
}
