import { type GateEvidence } from '@pharos/facts';
import { type FairnessReport, type GroupTest } from '@pharos/fairness';

type FairnessEvidence = NonNullable<GateEvidence['fairness']>;

/**
 * Whether a candidate's gaps let it serve: it fails if a gap is beyond chance, over the tenant's limit, and larger than the present model's
 * of the same group and rate.
 *
 * @param present asked for only where a gap would fail otherwise, since an audit costs seconds; null where there is no other model
 */
export function gateFairness(candidate: FairnessReport, limitPer100: number, present: () => FairnessReport | null): FairnessEvidence {
  const large = candidate.family.tests.filter((test) => test.significant && 100 * Math.abs(test.difference) > limitPer100);
  const other = large.length > 0 ? present() : null;
  const failures = large.flatMap((test) => {
    const same = other?.family.tests.find((one) => keyOf(one) === keyOf(test));
    const presentPer100 = same ? 100 * Math.abs(same.difference) : null;
    const per100 = 100 * Math.abs(test.difference);
    if (presentPer100 !== null && per100 <= presentPer100) return [];
    return [{ attribute: test.attribute, group: test.group, metric: test.metric, per100, presentPer100 }];
  });
  return { passed: failures.length === 0, limitPer100, failures };
}

const keyOf = ({ attribute, group, metric }: GroupTest): string => JSON.stringify([attribute, group, metric]);
