import { groupRows } from '../grouping.js';
import { indexPeople } from '../sample.js';
import { type GroupThreshold, type ThresholdPolicy, thresholdsByGroup } from './group-thresholds.js';
import { type WhatIf, whatIf } from './what-if.js';

/** What could be changed about a model that treats groups differently. */
export type MitigationKind = 'thresholds' | 'reweighing' | 'fewer-features' | 'rule';

/** One change, what it would bring for one attribute and what it would cost. Nobody has made it. Plain JSON. */
export interface Mitigation extends WhatIf {
  readonly kind: MitigationKind;
  readonly attribute: string;
  /** For thresholds by group. */
  readonly policy: ThresholdPolicy | null;
  /** Learners named before and after: the counselors' capacity does not change. */
  readonly capacity: number;
  readonly thresholds: readonly GroupThreshold[];
  /** Features that would be left out. */
  readonly without: readonly string[];
}

/** Other scores of the same rows: of the rule, or of a refit with other weights or fewer features. */
export interface OtherScores {
  readonly kind: Exclude<MitigationKind, 'thresholds'>;
  /** The attribute it was made for; null for a change that is the same for all. */
  readonly attribute: string | null;
  readonly score: Float64Array;
  readonly without?: readonly string[];
}

/**
 * Names the highest scores as far as the capacity goes; ties that would exceed it are left out, so nobody is named by chance. O(n log n).
 *
 * @example nameHighest(Float64Array.of(.9, .5, .5), 2) // => [1, 0, 0]
 */
export function nameHighest(score: Float64Array, capacity: number): Uint8Array {
  const falling = Float64Array.from(score).sort().reverse();
  const next = falling[capacity];
  return Uint8Array.from(score, (value) => (next === undefined || value > next ? 1 : 0));
}

/**
 * The what-ifs of a model, each at the same capacity: group-wise thresholds under both policies, and what other scores of the same rows
 * would do. Smaller gaps cost precision; the table says how much. Small groups are pooled as in the audit; rows of a pool that is too small
 * to be judged stand aside, for a threshold of their own would rest on nothing. O(changes × n log n).
 *
 * @param input `threshold` from which learners are named now
 * @example mitigationsOf({ label, score, groups: { sex }, person, threshold: 0.5, others: [] })[0].after.tprGap
 */
export function mitigationsOf(input: {
  readonly label: Uint8Array | readonly number[];
  readonly score: Float64Array | readonly number[];
  readonly groups: Readonly<Record<string, readonly (string | null)[]>>;
  readonly person: readonly (string | number)[];
  readonly threshold: number;
  readonly others: readonly OtherScores[];
  readonly minimumGroup?: number;
}): Mitigation[] {
  const { threshold, others, minimumGroup = 30 } = input;
  const { index } = indexPeople(input.person);
  return Object.entries(input.groups).flatMap(([attribute, values]): Mitigation[] => {
    const { names, code, judged } = groupRows(attribute, values, { person: index }, minimumGroup);
    if (judged.filter(Boolean).length < 2) return [];
    const rows = [...code.keys()].filter((row) => judged[code[row]!]);
    const label = Uint8Array.from(rows, (row) => input.label[row]!);
    const score = Float64Array.from(rows, (row) => input.score[row]!);
    const group = rows.map((row) => names[code[row]!]!);
    const now = Uint8Array.from(score, (value) => (value >= threshold ? 1 : 0));
    const capacity = now.reduce((sum, flag) => sum + flag, 0);
    const common = { attribute, capacity, policy: null, thresholds: [], without: [] };
    const byThreshold = (['equal-opportunity', 'demographic-parity'] as const).map((policy): Mitigation => {
      const { flagged, thresholds } = thresholdsByGroup({ label, score, group, policy, capacity });
      return { ...common, kind: 'thresholds', policy, thresholds, ...whatIf({ label, group }, now, flagged) };
    });
    const byScores = others
      .filter((other) => other.attribute === null || other.attribute === attribute)
      .map((other): Mitigation => {
        const then = nameHighest(Float64Array.from(rows, (row) => other.score[row]!), capacity);
        return { ...common, kind: other.kind, without: other.without ?? [], ...whatIf({ label, group }, now, then) };
      });
    return [...byThreshold, ...byScores];
  });
}
