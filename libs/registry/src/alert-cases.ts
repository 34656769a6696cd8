import { type FactNamed } from '@pharos/facts';
import {
  type AlertCase,
  type AlertCommand,
  type AlertFactType,
  type AlertRefusal,
  type AlertStatus,
  type NewAlertFact,
} from './alert-case.js';

export type AlertOutcome =
  | { readonly ok: true; readonly alert: AlertCase; readonly facts: readonly NewAlertFact[] }
  /** Someone else was first: what happened since the version that the caller saw. */
  | {
      readonly ok: false;
      readonly code: 'conflict';
      readonly reason: string;
      readonly version: number;
      readonly happened: readonly { readonly id: string; readonly type: AlertFactType; readonly by: string; readonly at: string }[];
    }
  /** The concern has an open alert already. */
  | { readonly ok: false; readonly code: 'concern-open'; readonly reason: string; readonly alert: string }
  | { readonly ok: false; readonly code: AlertRefusal; readonly reason: string };

export interface AlertFilter {
  /** Tokens; `null` in it: alerts without anyone. Matches assignee. */
  readonly counselors?: readonly (string | null)[];
  readonly learners?: readonly string[];
  readonly schools?: readonly string[];
  readonly statuses?: readonly AlertStatus[];
  readonly target?: string;
  readonly term?: string;
  /** Only held or only not held ones. */
  readonly held?: boolean;
}

export interface AlertPage {
  readonly alerts: readonly AlertCase[];
  /** Send it as `cursor` for the next page; null at the end. */
  readonly next: string | null;
}

export type AlertOrder = 'probability' | 'dueAt' | 'raisedAt';

export interface AlertHistoryEntry {
  readonly version: number;
  readonly fact: FactNamed<AlertFactType> | NewAlertFact;
}

/** Alert cases of one tenant: commands in, ranked lists out. */
export interface AlertCases {
  /**
   * Decides in one transaction that locks the case and writes case, history and outbox. Of two at once one wins; the
   * other, if it sent the version it saw, gets `conflict`.
   */
  execute(command: Omit<AlertCommand, 'tenant'>, expectedVersion?: number): Promise<AlertOutcome>;
  get(alert: string): Promise<AlertCase | undefined>;
  /** The open alert of a concern. */
  openFor(concern: { readonly learner: string; readonly target: string; readonly term: string }): Promise<AlertCase | undefined>;
  /** The latest alert of a concern, open or closed: for cool-down and reopening. */
  latestFor(concern: { readonly learner: string; readonly target: string; readonly term: string }): Promise<AlertCase | undefined>;
  /** @param page cursor of `next`, order (default probability, highest first), limit (default 50, at most 500) */
  list(filter: AlertFilter, page?: { readonly order?: AlertOrder; readonly cursor?: string; readonly limit?: number }): Promise<AlertPage>;
  counts(filter: AlertFilter): Promise<Readonly<Record<AlertStatus, number>> & { readonly overdue: number }>;
  /** Snoozed alerts whose time is over by `now`. */
  wakeable(now: string): Promise<readonly string[]>;
  /** What happened, oldest first. Empty for an unknown alert. */
  history(alert: string): Promise<readonly AlertHistoryEntry[]>;
}
