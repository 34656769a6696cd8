import { factId, type FactNamed, type NewFact } from '@pharos/facts';
import { auditFairness, auditSelection, type FairnessReport, leadTimes, type LeadTimeReport } from '@pharos/fairness';
import { firstNamed, type KnownAttribute, type KnownClass } from '@pharos/warehouse';
import { type JobScope } from '../running/job.js';
import { groupsOf } from './declared-groups.js';
import { type ModelOrigin } from './model-record.js';
import { type TrainedRisk } from './train-risk.js';
import { type Training, whatIfs } from './what-if.js';

/** Fewer draws than the statistician's report takes: this audit follows every training, and its intervals move by a hundredth. */
const draws = { resamples: 400, permutations: 1000, abrocaRounds: 50 };
const weekMs = 7 * 86_400_000;

/** What an audit is made from besides the model itself. */
export interface AuditGround {
  readonly rule: TrainedRisk;
  readonly training: Training;
  readonly declared: readonly KnownAttribute[];
  /** Probability from which on learners count as named: the tenant's. */
  readonly threshold: number;
  readonly completed: readonly KnownClass[];
}

/**
 * The fairness audit of a model on its held-out rows: who would have been named if alerts were raised from the tenant's threshold on.
 * Null where no protected attribute is known: there is nothing to audit by.
 */
export function auditReport(
  { heldOut }: TrainedRisk,
  { threshold, declared }: Pick<AuditGround, 'threshold' | 'declared'>,
  seed: number,
): FairnessReport | null {
  const { target: label, score, keys } = heldOut;
  const groups = groupsOf(keys, declared);
  if (Object.keys(groups).length === 0) return null;
  return auditFairness({ label, score, threshold, groups, person: keys.map((key) => key.learner), seed, ...draws });
}

/**
 * The audit of the model that serves as a fact, with what could be changed about it, and how early those who later did not pass were named
 * when their classes ran.
 */
export async function auditFact(served: TrainedRisk, report: FairnessReport, origin: ModelOrigin, ground: AuditGround): Promise<NewFact> {
  const { scope, target, classes } = origin;
  const { tenant, asOf } = scope;
  const { threshold, declared } = ground;
  const groups = groupsOf(served.heldOut.keys, declared);
  const record = {
    ...report,
    mitigations: whatIfs(served, ground.rule, ground.training, { report, groups, declared, threshold }),
    leadTimes: await leadOf(served, groups, origin, ground),
  };
  const data = { model: served.model, recipe: served.recipe, target, asOf, classes: [...classes.judged], threshold, report: record };
  return {
    id: factId('audit', tenant, target, asOf, served.model),
    type: 'FairnessAudited', version: 1, tenant, key: served.model, occurredAt: asOf, knownAt: asOf, data,
  }; // prettier-ignore
}

/** From the scores that were given while the classes ran; null where none were, as before the first scoring of a tenant. */
async function leadOf(
  { heldOut: { keys, target: label } }: TrainedRisk,
  groups: Readonly<Record<string, readonly (string | null)[]>>,
  { scope, target }: ModelOrigin,
  { threshold, completed }: AuditGround,
): Promise<LeadTimeReport | null> {
  const { warehouse, asOf, seed } = scope;
  const ends = new Map(completed.map((one) => [one.class, Date.parse(one.end)]));
  const named = await warehouse.ask(firstNamed(target, threshold, [...new Set(keys.map((key) => key.class))], asOf), 'jobs');
  if (named.length === 0) return null;
  const first = new Map(named.map((one) => [`${one.class}\n${one.learner}`, Date.parse(one.at)]));
  const rows = keys.flatMap((_, row) => (label[row] === 1 ? [row] : []));
  const weeks = rows.map((row): number | null => {
    const { class: inClass, learner } = keys[row]!;
    const at = first.get(`${inClass}\n${learner}`);
    const end = ends.get(inClass);
    return at === undefined || end === undefined || at > end ? null : (end - at) / weekMs;
  });
  if (rows.length === 0) return null;
  const chosen = Object.fromEntries(Object.entries(groups).map(([name, values]) => [name, rows.map((row) => values[row]!)]));
  return leadTimes({ weeks, groups: chosen, person: rows.map((row) => keys[row]!.learner), seed, resamples: draws.resamples });
}

/** What selection is watched by: the scores of open classes, and what the model named when it was judged. */
export interface Selected {
  readonly model: string;
  readonly recipe: string;
  readonly target: string;
  readonly threshold: number;
  readonly scores: readonly FactNamed<'RiskScored'>['data'][];
  readonly heldOut: TrainedRisk['heldOut'] | null;
}

/**
 * Whom the model names in open classes, by group, and how that has shifted since it was judged. No outcome is known yet, so nothing is
 * said of errors. Without scores or protected attributes there is no fact.
 */
export function selectionFact(
  { tenant, asOf, seed }: JobScope,
  selected: Selected,
  declared: readonly KnownAttribute[],
): readonly NewFact[] {
  const { model, recipe, target, threshold, scores, heldOut } = selected;
  const groups = groupsOf(scores, declared);
  if (scores.length === 0 || Object.keys(groups).length === 0) return [];
  const now = {
    flagged: scores.map(({ probability }) => (probability >= threshold ? 1 : 0)),
    groups,
    person: scores.map(({ learner }) => learner),
  };
  const before = heldOut && {
    flagged: [...heldOut.score].map((score) => (score >= threshold ? 1 : 0)),
    groups: groupsOf(heldOut.keys, declared),
    person: heldOut.keys.map((key) => key.learner),
  };
  const report = auditSelection({ now, ...(before && before.person.length > 0 ? { before } : {}), seed, resamples: draws.resamples });
  const classes = [...new Set(scores.map((score) => score.class))].sort();
  return [
    {
      id: factId('selection', tenant, target, asOf, model, ...classes),
      type: 'SelectionAudited', version: 1, tenant, key: model, occurredAt: asOf, knownAt: asOf,
      data: { model, recipe, target, asOf, classes, threshold, report },
    },
  ]; // prettier-ignore
}
