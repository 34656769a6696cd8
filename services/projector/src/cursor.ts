import { type EventLog, type Stored } from '@pharos/event-log';
import { type Topic } from '@pharos/facts';

export interface Lane {
  readonly topic: Topic;
  readonly partition: number;
  /** Next offset to read. */
  next: number;
  /** Next offset to write: everything below it is in the tables. */
  written: number;
  /** Next offset that is committed. */
  committed: number;
}

/** Which partitions a fold reads, where several share them. */
export type Owns = (topic: Topic, partition: number) => boolean;

/** Facts in memory at once: as many as one commit of the log brings. */
const PIECE = 1_000;

/** Where a consumer stands in each partition of its topics, and the reading on from there, lane after lane. */
export class Cursor {
  private turn = 0;

  private constructor(
    private readonly log: EventLog,
    readonly lanes: readonly Lane[],
  ) {}

  /** Stands at what the consumer committed, or at the beginning for `undefined`, in the partitions that `owns` names. */
  static async at(log: EventLog, consumer: string | undefined, topics: readonly Topic[], owns: Owns = () => true): Promise<Cursor> {
    const lanes: Lane[] = [];
    for (const topic of topics) {
      const committed = consumer === undefined ? [] : await log.committed(consumer, topic);
      for (let partition = 0; partition < log.partitions(topic); partition++) {
        if (!owns(topic, partition)) continue;
        const next = committed[partition] ?? 0;
        lanes.push({ topic, partition, next, written: next, committed: next });
      }
    }
    return new Cursor(log, lanes);
  }

  /**
   * Hands out the next facts, at most `maxFacts`, and moves on. Each call begins at another lane, so that a long one does not keep
   * the others waiting; what a lane has is taken in one run, because neighbours in the log are neighbours in the tables.
   *
   * @param take gets them in pieces, and lets go of each before the next is read
   * @returns how many there were
   */
  async read(maxFacts: number, take: (facts: readonly Stored[]) => void): Promise<number> {
    let facts = 0;
    for (let i = 0; i < this.lanes.length && facts < maxFacts; i++) {
      const lane = this.lanes[(this.turn + i) % this.lanes.length]!;
      for (let asked = PIECE, got = PIECE; got === asked && facts < maxFacts; facts += got) {
        asked = Math.min(PIECE, maxFacts - facts);
        const read = await this.log.read(lane.topic, lane.partition, lane.next, { maxFacts: asked });
        got = read.length;
        if (got === 0) break;
        lane.next = read.at(-1)!.position.offset + 1;
        take(read);
      }
    }
    this.turn = (this.turn + 1) % Math.max(1, this.lanes.length);
    return facts;
  }

  /** A function that says: what had been read by now is written. Reading may have gone on when it is called. */
  mark(): () => void {
    const marks = this.lanes.map((lane) => lane.next);
    return () => {
      this.lanes.forEach((lane, i) => (lane.written = marks[i]!));
    };
  }

  /** How many facts stand between here and the heads. */
  async lag(): Promise<number> {
    let facts = 0;
    for (const topic of new Set(this.lanes.map((lane) => lane.topic))) {
      const heads = await this.log.heads(topic);
      for (const lane of this.lanes) if (lane.topic === topic) facts += Math.max(0, (heads[lane.partition] ?? 0) - lane.written);
    }
    return facts;
  }
}
