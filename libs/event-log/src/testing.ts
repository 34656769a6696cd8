/**
 * The contract that every event log keeps. An adapter's test is three lines:
 *
 *     eventLogContract('the log on LMDB', openInTemporaryFolder);
 */
import { describe } from '@jest/globals';
import { appendingContract } from './contract-appending.js';
import { claimsContract } from './contract-claims.js';
import { readingContract } from './contract-reading.js';
import { type EventLog } from './event-log.js';

export interface OpenedLog {
  readonly log: EventLog;
  /** Closes the log, if it is open, and opens what it left behind. */
  readonly reopen: () => Promise<EventLog>;
  /** Closes whatever is open and removes what was stored. */
  readonly dispose: () => Promise<void>;
}

/** Opens an empty log. A log whose time is not this process's own (a broker's) may leave the clock alone. */
export type OpenLog = (now: () => Date) => Promise<OpenedLog>;

/** Runs the contract against one adapter. */
export function eventLogContract(name: string, open: OpenLog): void {
  describe(name, () => {
    appendingContract(open);
    claimsContract(open);
    readingContract(open);
  });
}
