import { type Fact } from '@pharos/facts';
import { type AlertCase, type AlertFactType, type NewAlertFact } from './alert-case.js';
import { type AlertHistoryRow, knownFacts, lockAlerts, writeAlerts, writeHistory } from './alert-store.js';
import { evolveAlert } from './evolve-alert.js';
import { type TenantSql } from './tenant-sql.js';

const alertTypes: Readonly<Record<AlertFactType, true>> = {
  AlertRaised: true, AlertUpdated: true, AlertAssigned: true, AlertAcknowledged: true, InterventionLogged: true, AlertNoted: true,
  AlertSnoozed: true, AlertOverridden: true, AlertContested: true, AlertResolved: true, AlertReopened: true, ActionWithdrawn: true,
  AlertHeld: true, AlertReleased: true,
}; // prettier-ignore

/** The fact as it was decided: without the times that the log adds, so that a folded case equals a decided one. */
export function alertFactOf(fact: Fact): NewAlertFact | undefined {
  if (!(fact.type in alertTypes)) return undefined;
  const { recordedAt: _recordedAt, knownAt: _knownAt, ...decided } = fact;
  return decided as NewAlertFact;
}

/**
 * Folds alert facts into cases and histories. Facts that were taken before, live or in an earlier fold, change nothing.
 *
 * @param facts of one tenant, in the order of the log
 */
export async function foldAlerts(sql: TenantSql, facts: readonly NewAlertFact[]): Promise<void> {
  if (facts.length === 0) return;
  const known = await knownFacts(sql, facts.map(({ id }) => id)); // prettier-ignore
  const fresh = facts.filter(({ id }) => !known.has(id) && known.add(id));
  if (fresh.length === 0) return;
  const cases: Map<string, AlertCase | undefined> = await lockAlerts(sql, [...new Set(fresh.map(({ key }) => key))]);
  const history: AlertHistoryRow[] = [];
  for (const fact of fresh) {
    const next = evolveAlert(cases.get(fact.key), fact);
    cases.set(fact.key, next);
    history.push({ alert: fact.key, version: next.version, fact });
  }
  await writeAlerts(sql, [...cases.values()].filter((one) => one !== undefined)); // prettier-ignore
  await writeHistory(sql, history);
}
