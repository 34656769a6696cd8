import { type Topic } from '@pharos/facts';
import { type EventLog, type ReadOptions, type Stored } from '../event-log.js';
import { type Archive, type ArchivedSegment } from './archive.js';
import { decodeSegment, SegmentRefused } from './segment.js';

const MAX_FACTS = 5_000;
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * A log whose past is read from its archive, and what is not archived yet from the log itself: for folding everything again
 * where the log keeps facts for a limited time only.
 *
 * @throws SegmentRefused on reading, when a segment is missing, does not follow the one before it, or is not what the index says
 * @throws BlobDamaged on reading, when the bytes of a segment have changed
 * @example await rebuild({ log: archivedLog(log, archive), warehouse });
 */
export function archivedLog<Log extends Pick<EventLog, 'epoch' | 'read'>>(log: Log, archive: Archive): Log {
  const known = new Map<string, Promise<readonly ArchivedSegment[]>>();
  /** The segment that each partition is being read from. */
  const open = new Map<string, { readonly segment: ArchivedSegment; readonly stored: readonly Stored[] }>();

  function segmentsOf(topic: Topic, partition: number): Promise<readonly ArchivedSegment[]> {
    const key = `${topic}/${partition}`;
    let found = known.get(key);
    if (!found) known.set(key, (found = archive.index.segments(log.epoch, topic, partition).then(inOrder)));
    return found;
  }

  async function contentOf(segment: ArchivedSegment): Promise<readonly Stored[]> {
    const key = `${segment.topic}/${segment.partition}`;
    const held = open.get(key);
    if (held?.segment === segment) return held.stored;
    const stored = await readSegment(archive, segment);
    open.set(key, { segment, stored });
    return stored;
  }

  async function read(topic: Topic, partition: number, fromOffset: number, options: ReadOptions = {}): Promise<readonly Stored[]> {
    const segment = (await segmentsOf(topic, partition)).find(({ first, next }) => first <= fromOffset && fromOffset < next);
    if (!segment) return log.read(topic, partition, fromOffset, options);
    const { maxFacts = MAX_FACTS, maxBytes = MAX_BYTES } = options;
    const stored = await contentOf(segment);
    const found: Stored[] = [];
    let bytes = 0;
    for (let at = fromOffset - segment.first; at < stored.length && found.length < maxFacts && bytes < maxBytes; at++) {
      found.push(stored[at]!);
      bytes += JSON.stringify(stored[at]!.stored).length;
    }
    return found;
  }

  // An object of its own that hands on everything but reading, whatever class the log is of.
  return Object.assign(Object.create(log) as Log, { read });
}

/** Reads one segment and holds it against the index. */
export async function readSegment({ blobs }: Pick<Archive, 'blobs'>, segment: ArchivedSegment): Promise<readonly Stored[]> {
  const { epoch, topic, partition, first, next, blob } = segment;
  const bytes = await blobs.get(blob);
  if (!bytes) throw new SegmentRefused(`the archive lacks ${blob}, which holds ${topic}/${partition} from ${first} to ${next - 1}`);
  const { head, stored } = await decodeSegment(bytes);
  const fits = head.epoch === epoch && head.topic === topic && head.partition === partition && head.first === first;
  if (!fits || stored.length !== next - first)
    throw new SegmentRefused(`${blob} is not ${topic}/${partition} from ${first} to ${next - 1}`);
  return stored;
}

function inOrder(segments: readonly ArchivedSegment[]): readonly ArchivedSegment[] {
  let next = 0;
  for (const segment of segments) {
    if (segment.first !== next) throw new SegmentRefused(`the archive of ${segment.topic}/${segment.partition} has a gap at ${next}`);
    next = segment.next;
  }
  return segments;
}
