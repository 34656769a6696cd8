import { type AlertCase, type AlertCommand, openStatuses } from './alert-case.js';
import { type AlertOutcome } from './alert-cases.js';
import { type AlertHistoryRow, knownFacts, lockAlerts, readHistory, writeAlerts, writeHistory } from './alert-store.js';
import { decideAlert } from './decide-alert.js';
import { authorOf, evolveAlert } from './evolve-alert.js';
import { toOutbox } from './outbox.js';
import { type TenantSql } from './tenant-sql.js';

type Command = Omit<AlertCommand, 'tenant'>;

/**
 * Locks the cases, decides each command on what the ones before it left, and writes cases, history and outbox at once.
 * Queries per batch, not per command: a weekly job raises thousands.
 *
 * @param expectedVersion what a single command's author saw
 */
export async function executeBatch(
  sql: TenantSql,
  commands: readonly Command[],
  expectedVersion?: number,
): Promise<readonly AlertOutcome[]> {
  const cases: Map<string, AlertCase> = await lockAlerts(sql, [...new Set(commands.map(({ alert }) => alert))]);
  const ids = commands.flatMap(({ id }) => (id === undefined ? [] : [id]));
  const taken = ids.length === 0 ? new Set<string>() : await knownFacts(sql, ids);
  const concerns = await readOpenConcerns(sql, commands, cases);
  const history: AlertHistoryRow[] = [];

  const execute = async (command: Command): Promise<AlertOutcome> => {
    const state = cases.get(command.alert);
    if (state && command.id !== undefined && taken.has(command.id)) return { ok: true, alert: state, facts: [] };
    const conflict = state && expectedVersion !== undefined ? await conflictSince(sql, state, expectedVersion) : undefined;
    if (conflict) return conflict;
    const decision = decideAlert(state, { ...command, tenant: sql.tenant });
    if (!decision.ok) return { ok: false, code: decision.refused, reason: decision.reason };
    const next = decision.facts.reduce<AlertCase | undefined>(evolveAlert, state)!;
    const concern = concernOf(next);
    const rival = concerns.get(concern);
    if (isOpen(next) && rival !== undefined && rival !== next.alert) {
      return { ok: false, code: 'concern-open', reason: `the concern has the open alert ${rival}`, alert: rival };
    }
    if (isOpen(next)) concerns.set(concern, next.alert);
    else if (rival === next.alert) concerns.delete(concern);
    cases.set(next.alert, next);
    for (const [index, fact] of decision.facts.entries()) {
      taken.add(fact.id);
      history.push({ alert: next.alert, version: (state?.version ?? 0) + index + 1, fact });
    }
    return { ok: true, alert: next, facts: decision.facts };
  };

  const outcomes: AlertOutcome[] = [];
  for (const command of commands) outcomes.push(await execute(command));
  if (history.length === 0) return outcomes;
  await writeAlerts(sql, [...new Set(history.map(({ alert }) => alert))].map((alert) => cases.get(alert)!)); // prettier-ignore
  await writeHistory(sql, history);
  await toOutbox(sql, history.map(({ alert, version, fact }) => ({ entity: alert, version, topic: 'alerts', fact }))); // prettier-ignore
  return outcomes;
}

const isOpen = ({ standing }: AlertCase): boolean => (openStatuses as readonly string[]).includes(standing.status);

const concernOf = ({ latest }: Pick<AlertCase, 'latest'>): string => JSON.stringify([latest.learner, latest.target, latest.term]);

/** The open alert of each concern that a command might open (again). One that another transaction opens meanwhile fails on the index. */
async function readOpenConcerns(
  sql: TenantSql,
  commands: readonly Command[],
  cases: ReadonlyMap<string, AlertCase>,
): Promise<Map<string, string>> {
  const learners = commands.flatMap(({ alert, act }) => {
    if (act.do === 'raise') return [act.raised.learner];
    const known = cases.get(alert);
    return known && (act.do === 'reopen' || act.do === 'withdraw') ? [known.latest.learner] : [];
  });
  if (learners.length === 0) return new Map();
  const rows = await sql.query<{ alert: string; learner: string; target: string; term: string }>(
    'SELECT alert, learner, target, term FROM alert_cases WHERE tenant = $1 AND learner = ANY($2) AND status = ANY($3)',
    [learners, openStatuses],
  );
  return new Map(rows.map(({ alert, learner, target, term }) => [JSON.stringify([learner, target, term]), alert]));
}

/** Fresh scores are no conflict: who acts on an alert acts on the person, not on the number. */
async function conflictSince(
  sql: TenantSql,
  state: AlertCase,
  expectedVersion: number,
): Promise<(AlertOutcome & { code: 'conflict' }) | undefined> {
  if (state.version === expectedVersion) return undefined;
  const since = await readHistory(sql, state.alert, expectedVersion);
  const happened = since
    .filter(({ fact }) => fact.type !== 'AlertUpdated')
    .map(({ fact }) => ({ id: fact.id, type: fact.type, by: authorOf(fact), at: fact.occurredAt }));
  if (happened.length === 0 && since.length > 0) return undefined;
  const reason = `the alert was changed since: version ${state.version}, expected ${expectedVersion}`;
  return { ok: false, code: 'conflict', reason, version: state.version, happened };
}
