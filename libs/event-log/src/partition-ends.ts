import { type Topic } from '@pharos/facts';
import { type Store } from './embedded-store.js';
import { type Recorded } from './event-log.js';

/** Where one partition ended before this transaction and where it will end after it. */
interface End {
  readonly topic: Topic;
  readonly partition: number;
  readonly first: number;
  next: number;
  /** Milliseconds since 1970: the time of this transaction, or of the predecessor where the clock lags behind it. */
  readonly recordedAt: number;
  readonly recordedAtText: string;
}

/** The ends of the partitions that a transaction appends to. Lives as long as the transaction. */
export class PartitionEnds {
  private readonly ends = new Map<string, End>();

  constructor(
    private readonly store: Store,
    private readonly time: number,
  ) {}

  /** The position of the next fact of this partition, which it takes. */
  take(topic: Topic, partition: number): Recorded {
    const end = this.of(topic, partition);
    return { position: { topic, partition, offset: end.next++ }, recordedAt: end.recordedAtText };
  }

  of(topic: Topic, partition: number): Readonly<End> & { next: number } {
    const name = `${topic}/${partition}`;
    const known = this.ends.get(name);
    if (known) return known;
    const head = this.store.heads.get([topic, partition]);
    const recordedAt = Math.max(this.time, head?.recordedAt ?? 0);
    const first = head?.next ?? 0;
    const end: End = { topic, partition, first, next: first, recordedAt, recordedAtText: new Date(recordedAt).toISOString() };
    this.ends.set(name, end);
    return end;
  }

  /** Writes the heads of the partitions that grew. */
  write(): void {
    for (const { topic, partition, first, next, recordedAt } of this.ends.values()) {
      if (next > first) this.store.heads.putSync([topic, partition], { next, recordedAt });
    }
  }
}
