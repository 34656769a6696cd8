import { type Topic } from '@pharos/facts';
import { type Database } from './database.js';

interface Segment {
  readonly epoch: string;
  readonly topic: Topic;
  readonly partition: number;
  readonly first: number;
  readonly next: number;
  readonly blob: string;
  readonly bytes: number;
}

/** Which segments of the log lie in the archive. Its shape is the log's `ArchiveIndex`, which says what each part promises. */
export interface ArchiveIndex {
  segments(epoch: string, topic: Topic, partition: number): Promise<readonly Segment[]>;
  add(segment: Segment): Promise<boolean>;
}

export function createArchiveIndex(database: Database): ArchiveIndex {
  return {
    segments: (epoch, topic, partition) =>
      database.query<Segment>(
        `SELECT epoch, topic, partition, first, next, blob, bytes FROM log_archive
         WHERE epoch = $1 AND topic = $2 AND partition = $3 ORDER BY first`,
        [epoch, topic, partition],
      ),
    async add({ epoch, topic, partition, first, next, blob, bytes }) {
      const added = await database.query(
        `INSERT INTO log_archive (epoch, topic, partition, first, next, blob, bytes)
         SELECT $1, $2, $3, $4, $5, $6, $7
         WHERE $4 = coalesce((SELECT max(held.next) FROM log_archive held WHERE held.epoch = $1 AND held.topic = $2 AND held.partition = $3), 0)
         ON CONFLICT DO NOTHING RETURNING 1`,
        [epoch, topic, partition, first, next, blob, bytes],
      );
      return added.length === 1;
    },
  };
}
