import { listAlerts, countAlerts } from './alert-list.js';
import { readHistory } from './alert-store.js';
import { executeBatch } from './execute-alerts.js';
import { noteDecided, type RunAttempt } from './job-runs.js';
import { type TenantDatabase, type TenantSql } from './tenant-sql.js';
import {
  type AlertCase,
  type AlertCommand,
  type AlertFactType,
  type AlertRefusal,
  type AlertStatus,
  type NewAlertFact,
  openStatuses,
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
  readonly fact: NewAlertFact;
}

/** Alert cases of one tenant: commands in, ranked lists out. */
export interface AlertCases {
  /**
   * Decides in one transaction that locks the case and writes case, history and outbox. Of two at once one wins; the
   * other, if it sent the version it saw, gets `conflict`.
   */
  execute(command: Omit<AlertCommand, 'tenant'>, expectedVersion?: number): Promise<AlertOutcome>;
  /** Commands of a job: all in one transaction, each with an outcome of its own. Same order. */
  executeAll(commands: readonly Omit<AlertCommand, 'tenant'>[]): Promise<readonly AlertOutcome[]>;
  /**
   * The same for a scheduled run: once for its slot, whatever process comes back to it.
   *
   * @param counts what the run has to tell of them
   * @throws RunLost when another attempt at the slot has begun, or an earlier one decided; nothing is changed then
   */
  executeRun(
    commands: readonly Omit<AlertCommand, 'tenant'>[],
    run: RunAttempt,
    counts: (outcomes: readonly AlertOutcome[]) => Readonly<Record<string, number>>,
  ): Promise<readonly AlertOutcome[]>;
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

type Concern = Parameters<AlertCases['openFor']>[0];

export function createAlertCases(database: TenantDatabase, now: () => Date): AlertCases {
  const one = async (condition: string, values: readonly unknown[]): Promise<AlertCase | undefined> => {
    const [row] = await database.query<{ state: AlertCase }>(`SELECT state FROM alert_cases WHERE tenant = $1 AND ${condition}`, values);
    return row?.state;
  };
  const ofConcern = ({ learner, target, term }: Concern, and: string) =>
    one(`learner = $2 AND target = $3 AND term = $4 ${and}`, [learner, target, term]);
  return {
    async execute(command, expectedVersion) {
      const [outcome] = await inOneGo(database, (sql) => executeBatch(sql, [command], expectedVersion));
      return outcome!;
    },
    executeAll: (commands) => inOneGo(database, (sql) => executeBatch(sql, commands)),
    executeRun: (commands, run, counts) =>
      inOneGo(database, async (sql) => {
        const outcomes = commands.length > 0 ? await executeBatch(sql, commands) : [];
        await noteDecided(sql, run, counts(outcomes), now());
        return outcomes;
      }),
    get: (alert) => one('alert = $2', [alert]),
    openFor: (concern) => ofConcern(concern, `AND status IN ${openList}`),
    latestFor: (concern) => ofConcern(concern, 'ORDER BY raised_at DESC, alert DESC LIMIT 1'),
    list: (filter, page) => listAlerts(database, filter, page),
    counts: (filter) => countAlerts(database, filter, now()),
    async wakeable(moment) {
      const rows = await database.query<{ alert: string }>(
        `SELECT alert FROM alert_cases WHERE tenant = $1 AND status = 'snoozed' AND snoozed_until <= $2 ORDER BY alert`,
        [moment],
      );
      return rows.map(({ alert }) => alert);
    },
    async history(alert) {
      return (await readHistory(database, alert)).map(({ version, fact }) => ({ version, fact }));
    },
  };
}

const openList = `(${openStatuses.map((status) => `'${status}'`).join(', ')})`;

/** Two who raise the same concern at once collide on an index; the loser then looks again and sees the winner's. */
async function inOneGo<T>(database: TenantDatabase, work: (sql: TenantSql) => Promise<T>): Promise<T> {
  try {
    return await database.transaction(work);
  } catch (error) {
    const uniqueViolation = '23505';
    if ((error as { code?: string }).code !== uniqueViolation) throw error;
    return database.transaction(work);
  }
}
