import { type AuditRecord, NOT_DECLARED, SMALL_GROUPS } from '@pharos/fairness';
import { type FairnessPolicy } from '@pharos/registry';
import { type AuditEntry, audits, protectedAttributes } from '@pharos/warehouse';
import { type JobScope } from '../running/job.js';

/** From which probability a learner of a class is warned of. */
export interface RaiseAt {
  readonly of: (learner: string, inClass: string) => number;
  /** The lowest of all. */
  readonly least: number;
  /** What groups it was chosen by; null: one threshold for all. */
  readonly by: string | null;
}

export const sameForAll = (raiseAt: number): RaiseAt => ({ of: () => raiseAt, least: raiseAt, by: null });

/**
 * Thresholds by group as the latest audit worked them out for the policy that a person chose; one for all where nobody chose any.
 * Groups that the audit could not judge, and learners of whom nothing is declared while it knew all others, keep the tenant's threshold.
 *
 * @throws RangeError where a person chose thresholds for an attribute and no audit of it is known: what was decided cannot be had yet
 */
export function thresholdsOf(
  raiseAt: number,
  change: FairnessPolicy['mitigation'],
  latest: Pick<AuditEntry, 'data'> | undefined,
  groupOfLearner: (learner: string, inClass: string) => string | null,
): RaiseAt {
  if (change?.kind !== 'thresholds') return sameForAll(raiseAt);
  const record = latest?.data.report as AuditRecord | undefined;
  const found = record?.mitigations?.find(
    (one) => one.kind === 'thresholds' && one.attribute === change.attribute && one.policy === change.policy,
  );
  if (!found) {
    throw new RangeError(
      `thresholds by ${change.attribute} were chosen, but no audit of it is known; run the job risk first, or take the choice back`,
    );
  }
  const pooled = new Set(record!.attributes.find(({ attribute }) => attribute === change.attribute)?.pooled ?? []);
  const byGroup = new Map(found.thresholds.map(({ group, threshold }) => [group, threshold ?? Infinity]));
  const of = (learner: string, inClass: string): number => {
    const group = groupOfLearner(learner, inClass)?.trim() ?? NOT_DECLARED;
    return byGroup.get(pooled.has(group) ? SMALL_GROUPS : group) ?? raiseAt;
  };
  return { of, least: Math.min(raiseAt, ...byGroup.values()), by: change.attribute };
}

/** `thresholdsOf` this tenant, as of the run. */
export async function readRaiseAt({ warehouse, registry, asOf, positions }: JobScope, target: string, raiseAt: number): Promise<RaiseAt> {
  const change = (await registry.policies.get('fairness')).value.mitigation;
  if (change?.kind !== 'thresholds') return sameForAll(raiseAt);
  const view = { asOf, positions: positions.offsets };
  const [known, declared] = await Promise.all([warehouse.ask(audits(view), 'jobs'), warehouse.ask(protectedAttributes(view), 'jobs')]);
  const keys = declared.filter((one) => one.attribute === change.attribute);
  const groups = new Map(keys.map((one) => [`${one.learner}\n${one.class}`, one.value]));
  return thresholdsOf(raiseAt, change, known.find(({ data }) => data.target === target), (learner, inClass) =>
    groups.get(`${learner}\n${inClass}`) ?? groups.get(`${learner}\n`) ?? null,
  );
} // prettier-ignore
