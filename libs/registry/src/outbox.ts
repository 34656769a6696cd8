import { type NewFact } from '@pharos/facts';

export interface RelayTarget {
  /** Durable when it resolves. Order within a key must be kept; `EventLog.append` does. */
  append(facts: readonly NewFact[]): Promise<unknown>;
}

export interface Relayed {
  readonly moved: number;
  /** False when another process holds the relay's lease. */
  readonly held: boolean;
}

/** Facts of decisions, written in the decision's own transaction, on their way to the log. */
export interface Outbox {
  /** Moves what waits, in the order of each entity's versions, at least once: the facts' fixed ids make the fold drop repeats. */
  relayOnce(target: RelayTarget): Promise<Relayed>;
  /**
   * Relays until stopped: wakes on the database's notification of each decision, and every second besides. `stop` waits
   * for the batch that is under way. A failing target is tried again with back-off and reported.
   */
  startRelay(target: RelayTarget, onError: (error: unknown) => void): Promise<{ stop(): Promise<void> }>;
  /** How many facts wait, and since when. */
  waiting(): Promise<{ readonly facts: number; readonly oldest: Date | null }>;
}
