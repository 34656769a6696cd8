import { type Topic, topicNames } from '@pharos/facts';
import { type EventLog } from '../event-log.js';
import { type Archive, type ArchivedSegment } from './archive.js';
import { decodeSegment, SegmentRefused } from './segment.js';

/** How far the archive of one partition goes. */
export type Tip = Pick<ArchivedSegment, 'next' | 'blob'>;

/** The last segment of every partition, in the order of partitions; null for one that has none. */
export type Tips = Readonly<Record<Topic, readonly (Tip | null)[]>>;

const noteOf = (epoch: string): string => `tips-${epoch}`;

/** Notes beside the segments which ones are the last, so that all of them are found without any index. */
export async function writeTips({ epoch, partitions }: Pick<EventLog, 'epoch' | 'partitions'>, { blobs, index }: Archive): Promise<Tips> {
  const tips = {} as Record<Topic, (Tip | null)[]>;
  for (const topic of topicNames) {
    tips[topic] = [];
    for (let partition = 0; partition < partitions(topic); partition++) {
      const last = (await index.segments(epoch, topic, partition)).at(-1);
      tips[topic].push(last ? { next: last.next, blob: last.blob } : null);
    }
  }
  await blobs.putNote(noteOf(epoch), Buffer.from(JSON.stringify(tips)));
  return tips;
}

/** The last segments of a log, from the archive itself; undefined where it holds nothing of that log. */
export async function readTips({ blobs }: Pick<Archive, 'blobs'>, epoch: string): Promise<Tips | undefined> {
  const note = await blobs.getNote(noteOf(epoch));
  return note && (JSON.parse(note.toString()) as Tips);
}

/**
 * Adds the segments to an index that it lacks: from the last one of each partition back along the links.
 *
 * @returns segments added
 * @throws SegmentRefused when a segment is missing, or the index has others
 * @throws BlobDamaged when the bytes of a segment have changed
 * @example await indexAgain({ blobs, index: registry.archiveIndex }, epoch, await readTips({ blobs }, epoch));
 */
export async function indexAgain({ blobs, index }: Archive, epoch: string, tips: Tips): Promise<number> {
  let added = 0;
  for (const topic of topicNames) {
    for (const [partition, tip] of (tips[topic] ?? []).entries()) {
      const known = new Set((await index.segments(epoch, topic, partition)).map(({ blob }) => blob));
      const found: ArchivedSegment[] = [];
      for (let blob = tip?.blob ?? null; blob !== null && !known.has(blob);) {
        const bytes = await blobs.get(blob);
        if (!bytes) throw new SegmentRefused(`the archive lacks ${blob} of ${topic}/${partition}`);
        const { head } = await decodeSegment(bytes);
        found.push({ epoch, topic, partition, first: head.first, next: head.first + head.facts, blob, bytes: bytes.length });
        blob = head.previous;
      }
      for (const segment of found.reverse()) {
        if (!(await index.add(segment)))
          throw new SegmentRefused(`the index has other segments of ${topic}/${partition} than the archive, from ${segment.first}`);
      }
      added += found.length;
    }
  }
  return added;
}
