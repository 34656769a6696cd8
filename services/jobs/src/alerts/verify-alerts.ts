import { type Learned, probabilityOf, restoreScorer } from '@pharos/learner-models';
import { type AlertCase } from '@pharos/registry';
import { learnedValues, type TenantWarehouse } from '@pharos/warehouse';
import { readFeatures } from '../features/feature-rows.js';
import { riskFeatures } from '../features/risk-features.js';

export interface AlertMismatch {
  readonly alert: string;
  readonly class: string;
  readonly what: string;
}

export interface AlertVerification {
  readonly alerts: number;
  readonly scores: number;
  readonly mismatches: readonly AlertMismatch[];
}

/** Log-odds may differ by so much: sums of floating point, nothing else. */
const tolerance = 1e-9;

/**
 * Derives each alert's numbers again: asks the warehouse for the features as of the alert's moment and positions, restores
 * the learned values under the model's hash, and compares feature values, log-odds and probability.
 */
export async function verifyAlerts(warehouse: TenantWarehouse, alerts: readonly AlertCase[]): Promise<AlertVerification> {
  const evidence = alerts.flatMap(({ alert, latest }) => latest.evidence.map((one) => ({ alert, learner: latest.learner, ...one })));
  const mismatches: AlertMismatch[] = [];
  const groups = Map.groupBy(evidence, (one) => JSON.stringify([one.class, one.asOf, one.model, one.positions]));
  for (const group of groups.values()) {
    const { class: inClass, asOf, model, positions } = group[0]!;
    const told = (what: string) => group.forEach(({ alert }) => mismatches.push({ alert, class: inClass, what }));
    const learned = await warehouse.askOne(learnedValues(model), 'jobs');
    if (learned === undefined) {
      told(`no learned values are stored under ${model}`);
      continue;
    }
    const rows = await readFeatures(warehouse, [{ class: inClass, at: asOf }], positions);
    const prediction = restoreScorer((learned as { readonly scorer: Learned }).scorer).predict(rows.table, { explain: false });
    const rowOf = new Map(rows.keys.map((key, row) => [key.learner, row]));
    for (const one of group) {
      const row = rowOf.get(one.learner);
      const what = row === undefined ? 'the learner is not in the class as of then' : differenceOf(one, rows.table.columns.map((column) => column[row]!), prediction.logOdds[row]!); // prettier-ignore
      if (what !== undefined) mismatches.push({ alert: one.alert, class: inClass, what });
    }
  }
  return { alerts: alerts.length, scores: evidence.length, mismatches };
}

type Evidence = AlertCase['latest']['evidence'][number];

function differenceOf(one: Evidence, values: readonly number[], logOdds: number): string | undefined {
  if (!(Math.abs(logOdds - one.logOdds) <= tolerance)) return `log-odds ${one.logOdds}, derived again ${logOdds}`;
  if (Math.abs(probabilityOf(logOdds) - one.probability) > tolerance)
    return `probability ${one.probability}, derived again ${probabilityOf(logOdds)}`;
  const index = new Map(riskFeatures.map((feature, position) => [feature.name, position]));
  for (const { feature, value } of one.contributions) {
    const position = index.get(feature);
    const now = position === undefined ? null : values[position]!;
    const same = now === null || Number.isNaN(now) ? value === null : value !== null && Math.abs(now - value) <= tolerance;
    if (position !== undefined && !same) return `${feature} was ${value ?? 'unknown'}, derived again ${now ?? 'unknown'}`;
  }
  return undefined;
}
