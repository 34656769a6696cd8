import { type AlertCase, type NewAlertFact, openStatuses } from './alert-case.js';
import { type TenantSql } from './tenant-sql.js';

export interface AlertHistoryRow {
  readonly alert: string;
  readonly version: number;
  readonly fact: NewAlertFact;
}

/** Reads cases and locks them until the transaction ends, in one order, so that two batches do not block each other. */
export async function lockAlerts(sql: TenantSql, alerts: readonly string[]): Promise<Map<string, AlertCase>> {
  const rows = await sql.query<{ alert: string; state: AlertCase }>(
    'SELECT alert, state FROM alert_cases WHERE tenant = $1 AND alert = ANY($2) ORDER BY alert FOR UPDATE',
    [alerts],
  );
  return new Map(rows.map(({ alert, state }) => [alert, state]));
}

/** Those of the facts that were taken before. */
export async function knownFacts(sql: TenantSql, ids: readonly string[]): Promise<Set<string>> {
  const rows = await sql.query<{ fact_id: string }>('SELECT fact_id FROM alert_history WHERE tenant = $1 AND fact_id = ANY($2)', [ids]);
  return new Set(rows.map((row) => row.fact_id));
}

/** Writes cases as they are now. Closed ones first: the open alert of a concern may have followed a closed one in this batch. */
export async function writeAlerts(sql: TenantSql, cases: readonly AlertCase[]): Promise<void> {
  const isOpen = (one: AlertCase): number => ((openStatuses as readonly string[]).includes(one.standing.status) ? 1 : 0);
  const ordered = [...cases].sort((a, b) => isOpen(a) - isOpen(b));
  const column = <T>(read: (one: AlertCase) => T): T[] => ordered.map(read);
  await sql.query(
    `INSERT INTO alert_cases (tenant, alert, version, learner, target, term, school, assignee, status, held, probability, raised_at, due_at, snoozed_until, state)
     SELECT $1, * FROM unnest($2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::boolean[],
       $11::float8[], $12::timestamptz[], $13::timestamptz[], $14::timestamptz[], $15::jsonb[])
     ON CONFLICT (tenant, alert) DO UPDATE SET version = excluded.version, school = excluded.school, assignee = excluded.assignee,
       status = excluded.status, held = excluded.held, probability = excluded.probability, due_at = excluded.due_at,
       snoozed_until = excluded.snoozed_until, state = excluded.state`,
    [
      column((one) => one.alert),
      column((one) => one.version),
      column((one) => one.latest.learner),
      column((one) => one.latest.target),
      column((one) => one.latest.term),
      column((one) => one.latest.school),
      column((one) => one.standing.assignee),
      column((one) => one.standing.status),
      column((one) => one.heldFor !== null),
      column((one) => one.latest.probability),
      column((one) => one.raisedAt),
      column((one) => one.latest.dueAt),
      column((one) => one.standing.snoozedUntil),
      column((one) => JSON.stringify(one)),
    ],
  );
}

/** Keeps each fact under the version that it made. */
export async function writeHistory(sql: TenantSql, entries: readonly AlertHistoryRow[]): Promise<void> {
  await sql.query(
    `INSERT INTO alert_history (tenant, alert, version, fact_id, fact)
     SELECT $1, * FROM unnest($2::text[], $3::int[], $4::text[], $5::jsonb[])`,
    [
      entries.map((entry) => entry.alert),
      entries.map((entry) => entry.version),
      entries.map((entry) => entry.fact.id),
      entries.map((entry) => JSON.stringify(entry.fact)),
    ],
  );
}

export async function readHistory(sql: TenantSql, alert: string, afterVersion = 0): Promise<readonly AlertHistoryRow[]> {
  return sql.query<AlertHistoryRow>(
    'SELECT alert, version, fact FROM alert_history WHERE tenant = $1 AND alert = $2 AND version > $3 ORDER BY version',
    [alert, afterVersion],
  );
}
