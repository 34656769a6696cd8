import { type AlertCase, type AlertStatus } from './alert-case.js';
import { type AlertFilter, type AlertOrder, type AlertPage } from './alert-cases.js';
import { type TenantSql } from './tenant-sql.js';

interface Condition {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Each part of a filter that is given narrows the list. Values are bound from `$2` on; `$1` is the tenant. */
export function alertConditions(filter: AlertFilter): Condition {
  const texts = ['tenant = $1'];
  const values: unknown[] = [];
  const bind = (value: unknown): string => `$${values.push(value) + 1}`;
  if (filter.counselors) {
    const named = bind(filter.counselors.filter((counselor) => counselor !== null));
    texts.push(filter.counselors.includes(null) ? `(assignee = ANY(${named}) OR assignee IS NULL)` : `assignee = ANY(${named})`);
  }
  if (filter.learners) texts.push(`learner = ANY(${bind(filter.learners)})`);
  if (filter.schools) texts.push(`school = ANY(${bind(filter.schools)})`);
  if (filter.statuses) texts.push(`status = ANY(${bind(filter.statuses)})`);
  if (filter.target !== undefined) texts.push(`target = ${bind(filter.target)}`);
  if (filter.term !== undefined) texts.push(`term = ${bind(filter.term)}`);
  if (filter.held !== undefined) texts.push(`held = ${bind(filter.held)}`);
  return { text: texts.join(' AND '), values };
}

/** The alert's id breaks ties, so that pages neither repeat nor leave out. */
const orders = {
  probability: { column: 'probability', type: 'float8', descending: true },
  dueAt: { column: 'due_at', type: 'timestamptz', descending: false },
  raisedAt: { column: 'raised_at', type: 'timestamptz', descending: true },
} as const satisfies Record<AlertOrder, unknown>;

const largestPage = 500;

/** @throws RangeError for a cursor that no page of this order gave */
export async function listAlerts(
  sql: TenantSql,
  filter: AlertFilter,
  { order = 'probability', cursor, limit = 50 }: { readonly order?: AlertOrder; readonly cursor?: string; readonly limit?: number } = {},
): Promise<AlertPage> {
  const { column, type, descending } = orders[order];
  const { text, values } = alertConditions(filter);
  const bound = [...values];
  let after = '';
  if (cursor !== undefined) {
    const [value, alert] = readCursor(cursor, order);
    const at = `$${bound.push(value) + 1}::${type}`;
    const id = `$${bound.push(alert) + 1}`;
    after = `AND (${column} ${descending ? '<' : '>'} ${at} OR (${column} = ${at} AND alert > ${id}))`;
  }
  const size = Math.max(1, Math.min(limit, largestPage));
  const rows = await sql.query<{ state: AlertCase; at: number | Date; alert: string }>(
    `SELECT state, alert, ${column} AS at FROM alert_cases WHERE ${text} ${after}
     ORDER BY ${column} ${descending ? 'DESC' : 'ASC'}, alert LIMIT $${bound.push(size + 1) + 1}`,
    bound,
  );
  const page = rows.slice(0, size);
  const last = page.at(-1);
  return {
    alerts: page.map(({ state }) => state),
    next: rows.length > size && last ? Buffer.from(JSON.stringify([order, last.at, last.alert])).toString('base64url') : null,
  };
}

function readCursor(cursor: string, order: AlertOrder): readonly [string | number, string] {
  let read: unknown;
  try {
    read = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    read = undefined;
  }
  const [of, at, alert] = Array.isArray(read) ? (read as unknown[]) : [];
  const fits =
    of === order && typeof alert === 'string' && (order === 'probability' ? typeof at === 'number' : !Number.isNaN(Date.parse(String(at))));
  if (!fits) throw new RangeError('the cursor is not one of this list');
  return [at as string | number, alert];
}

const none: Readonly<Record<AlertStatus, number>> = { open: 0, acknowledged: 0, snoozed: 0, contested: 0, overridden: 0, resolved: 0 };

/** Alerts by status; `overdue`: open ones whose answer was due before `now`. */
export async function countAlerts(
  sql: TenantSql,
  filter: AlertFilter,
  now: Date,
): Promise<Readonly<Record<AlertStatus, number>> & { readonly overdue: number }> {
  const { text, values } = alertConditions(filter);
  const rows = await sql.query<{ status: AlertStatus; n: number; overdue: number }>(
    `SELECT status, count(*) AS n, count(*) FILTER (WHERE status = 'open' AND due_at < $${values.length + 2}) AS overdue
     FROM alert_cases WHERE ${text} GROUP BY status`,
    [...values, now],
  );
  return {
    ...none,
    ...Object.fromEntries(rows.map(({ status, n }) => [status, n])),
    overdue: rows.reduce((sum, row) => sum + row.overdue, 0),
  };
}
