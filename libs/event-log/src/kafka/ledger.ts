import { type Topic } from '@pharos/facts';
import { type Claim, type Position, type Recorded } from '../event-log.js';

/** A claim as it stands: `recorded` is undefined while it is pending, from before the append until after it. */
export interface StandingClaim {
  readonly hash: string;
  readonly recorded: Recorded | undefined;
}

/** Claims that were begun together, and what is needed to settle them should their appender be gone. */
export interface ClaimBatch {
  readonly id: string;
  readonly claims: readonly Claim[];
  /** Where to look for their facts: nothing of them lies below these offsets. */
  readonly from: readonly Position[];
}

export interface SettledClaim {
  readonly tenant: string;
  readonly id: string;
  readonly hash: string;
  readonly recorded: Recorded;
}

/**
 * What the log of a cluster keeps beside the brokers, in a database with transactions: claims, and how far consumers are.
 *
 * A Kafka group would forget its offsets after some days without a commit, and knows no claims.
 */
export interface LogLedger {
  /** How the claims stand, in the order asked; undefined for an unknown id. Hashes of the asked are not looked at. */
  standing(claims: readonly Pick<Claim, 'tenant' | 'id'>[]): Promise<readonly (StandingClaim | undefined)[]>;
  /** Makes all of these claims pending, durably, or none: false when another process made one of them meanwhile. */
  begin(batch: ClaimBatch): Promise<boolean>;
  /**
   * Says where the facts are. The first position of a partition stays. Closes the batch, if one is named.
   *
   * @returns how the claims stand now; undefined for one that was released meanwhile or holds other content
   */
  settle(settled: readonly SettledClaim[], batch?: string): Promise<readonly (StandingClaim | undefined)[]>;
  /** Batches that were begun so long ago and never closed. */
  overdue(olderThanMs: number): Promise<readonly ClaimBatch[]>;
  /** Removes those claims of a batch that are still pending, and closes it. */
  release(batch: string): Promise<void>;

  /** The next offset that a consumer wants of each partition; 0 where it never committed. */
  committed(consumer: string, topic: Topic, partitions: number): Promise<readonly number[]>;
  /** Durable when it returns. */
  commit(consumer: string, topic: Topic, partition: number, nextOffset: number): Promise<void>;
  forget(consumer: string): Promise<void>;
}
