import { type Fact, type NewFact, type Topic } from '@pharos/facts';

/** A place in the log: the n-th fact of a partition, counted from 0. Only comparable within one partition and epoch. */
export interface Position {
  readonly topic: Topic;
  readonly partition: number;
  readonly offset: number;
}

/** What the log holds at one place. `stored` is whatever lies there: `readFact` says whether it is a fact. */
export interface Stored {
  readonly position: Position;
  readonly recordedAt: string;
  readonly stored: unknown;
  /** W3C `traceparent` of whoever appended it, where that was traced. */
  readonly trace?: string;
}

/** A statement's claim: its id within the tenant, and the keyed hash of its comparable content. */
export interface Claim {
  readonly tenant: string;
  readonly id: string;
  readonly hash: string;
}

export interface Claimed {
  readonly fact: NewFact;
  readonly claim: Claim;
}

/** A fact whose JSON was made elsewhere: by a thread that built it, so that the one that appends need not. */
export interface EncodedFact {
  readonly type: NewFact['type'];
  readonly key: string;
  /** The whole fact, as `JSON.stringify` writes it. */
  readonly json: string;
}

export interface EncodedClaimed {
  readonly fact: EncodedFact;
  readonly claim: Claim;
}

export interface Recorded {
  readonly position: Position;
  readonly recordedAt: string;
}

/** `known`: equal content was recorded before, at this position; nothing was appended for it. */
export type ClaimResult = Recorded & { readonly status: 'appended' | 'known' };

export type ClaimedAppend =
  | { readonly outcome: 'appended'; readonly results: readonly ClaimResult[] }
  /** Other content stands under these claims (indexes into the batch). Nothing of the batch was appended. */
  | { readonly outcome: 'conflict'; readonly conflicts: readonly number[] };

export interface ReadOptions {
  /** At most so many facts (default 5,000). */
  readonly maxFacts?: number;
  /** Stop after about so many bytes of JSON (default 16 MiB). At least one fact is returned if there is one. */
  readonly maxBytes?: number;
}

/**
 * The log of facts: the truth that everything else is folded from.
 *
 * Appends are durable when they return: they survive `kill -9` and loss of power. Within a partition offsets are dense
 * and `recordedAt` never goes backwards. One key always falls into the same partition.
 */
export interface EventLog {
  /** Names this log. A new or moved log has another epoch, and positions of the old one mean nothing in it. */
  readonly epoch: string;

  /** How many partitions a topic has. */
  partitions(topic: Topic): number;

  /**
   * Appends facts, all or none, in the order given within each key. Several topics in one call are one batch.
   *
   * @throws LogUnavailable when the log cannot take them now (disk full, closing); nothing was written then
   */
  append(facts: readonly NewFact[]): Promise<readonly Recorded[]>;

  /**
   * Claims each id and appends what is new, all or none. Equal content under a known id is answered with the position
   * of the first; other content is a conflict. No success is answered while a claim is pending.
   */
  appendClaimed(batch: readonly Claimed[]): Promise<ClaimedAppend>;

  /** The same for facts that are JSON already. */
  appendEncoded(batch: readonly EncodedClaimed[]): Promise<ClaimedAppend>;

  /** Where a claimed fact was recorded, and the hash it was claimed with; undefined for an unknown id. */
  findClaim(tenant: string, id: string): Promise<(Recorded & { readonly hash: string }) | undefined>;

  /** The same for several ids at once, in the order asked. */
  findClaims(tenant: string, ids: readonly string[]): Promise<readonly ((Recorded & { readonly hash: string }) | undefined)[]>;

  /** Reads one partition from an offset (inclusive) in order. Empty at the head. */
  read(topic: Topic, partition: number, fromOffset: number, options?: ReadOptions): Promise<readonly Stored[]>;

  /** The next offset of each partition: every fact below it is readable. */
  heads(topic: Topic): Promise<readonly number[]>;

  /** The next offset that this consumer wants of each partition; 0 where it never committed. */
  committed(consumer: string, topic: Topic): Promise<readonly number[]>;

  /** Remembers, durably, that this consumer is done with everything below `nextOffset`. */
  commit(consumer: string, topic: Topic, partition: number, nextOffset: number): Promise<void>;

  /** Forgets a consumer, so that it starts again from the beginning. */
  forget(consumer: string): Promise<void>;

  /** Resolves when something may have been appended to any of the topics since the call, or after the time given. */
  waitForNews(topics: readonly Topic[], timeoutMs: number): Promise<void>;

  /** Somebody waits for what is in the log to be folded: whoever gathers facts in this process should not any longer. */
  hurry(): void;

  /** Resolves when somebody waits (from now on), or after the time given: for whoever gathers. */
  hurried(timeoutMs: number): Promise<void>;

  close(): Promise<void>;
}

/** @example encodeFact(fact).json // => '{"id":…' */
export function encodeFact(fact: NewFact): EncodedFact {
  return { type: fact.type, key: fact.key, json: JSON.stringify(fact) };
}

/** The log could not take the facts now; nothing was written. `code` says why, for a 503 or 507. */
export class LogUnavailable extends Error {
  override readonly name = 'LogUnavailable';
  constructor(
    readonly code: 'disk-full' | 'closed' | 'timeout' | 'io',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Facts of one read batch that could be read as facts of the present version. */
export interface ReadableFact {
  readonly position: Position;
  readonly fact: Fact;
}

/** The folder cannot be used as a log here: another process has it, a newer release made it, or it is something else. One clear line. */
export class LogRefused extends Error {
  override readonly name = 'LogRefused';
}
