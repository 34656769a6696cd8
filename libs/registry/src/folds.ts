import { type Fact, type Topic } from '@pharos/facts';

/** A fact as read from the log, with its place. */
export interface PlacedFact {
  readonly partition: number;
  readonly offset: number;
  readonly fact: Fact;
}

export interface FoldBatch {
  readonly consumer: string;
  readonly topic: Topic;
  readonly partition: number;
  /** All facts of the batch, in order; those without a read table here are passed over. */
  readonly facts: readonly PlacedFact[];
  /** Where the consumer goes on. Kept in the same transaction as the rows. */
  readonly nextOffset: number;
}

/**
 * Folds facts into the read tables (caseload, classes, members, links, alert cases, models in use). The same batch
 * twice, or an old batch after a newer one, changes nothing.
 */
export interface Folds {
  /** Applies one batch of one partition and commits its position, all in one transaction. */
  apply(batch: FoldBatch): Promise<void>;
  /** The next offset that the consumer wants of each of the first `partitions` partitions. */
  positions(consumer: string, topic: Topic, partitions: number): Promise<readonly number[]>;
  /**
   * Empties the read tables and folds them again from these batches, in one transaction: readers see the old tables
   * until it commits, commands wait. Facts that still wait in the outbox are folded last.
   */
  rebuild(batches: AsyncIterable<FoldBatch>): Promise<{ readonly facts: number }>;
  /** Hash over each read table's rows, for comparing two builds. */
  fingerprint(): Promise<Readonly<Record<string, string>>>;
}
