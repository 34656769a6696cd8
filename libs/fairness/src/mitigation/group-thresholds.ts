import { NOT_DECLARED } from '../grouping.js';
import { type WhatIf, whatIf } from './what-if.js';

/** Equal opportunity: the same share of those who need help is named in every group. Demographic parity: the same share of everyone. */
export type ThresholdPolicy = 'equal-opportunity' | 'demographic-parity';

export interface GroupThreshold {
  readonly group: string;
  /** Named are those with `score >= threshold`; null names no one. */
  readonly threshold: number | null;
  readonly named: number;
}

export interface ThresholdsWhatIf extends WhatIf {
  readonly policy: ThresholdPolicy;
  readonly capacity: number;
  readonly thresholds: readonly GroupThreshold[];
  readonly flagged: Uint8Array;
}

interface Ladder {
  readonly group: string;
  /** Distinct scores, falling, with how many rows and how many that count for the policy are at or above. */
  readonly steps: readonly { readonly threshold: number; readonly named: number; readonly counted: number }[];
  readonly countable: number;
}

const ladderOf = (group: string, rows: readonly number[], score: Float64Array, counts: (row: number) => number): Ladder => {
  const steps: { threshold: number; named: number; counted: number }[] = [];
  let [named, counted] = [0, 0];
  for (const row of [...rows].sort((a, b) => score[b]! - score[a]!)) {
    named += 1;
    counted += counts(row);
    if (steps.at(-1)?.threshold === score[row]) steps.pop(); // learners with one score are named together or not at all
    steps.push({ threshold: score[row]!, named, counted });
  }
  return { group, steps, countable: counted };
};

/** The step whose share comes closest to the wanted one; undefined names no one. */
const closestStep = ({ steps, countable }: Ladder, wanted: number): Ladder['steps'][number] | undefined => {
  if (countable === 0) return undefined;
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle]!.counted / countable >= wanted) high = middle;
    else low = middle + 1;
  }
  const above = steps[low];
  const below = low > 0 ? steps[low - 1] : undefined;
  const distance = (step: Ladder['steps'][number] | undefined): number => Math.abs((step?.counted ?? 0) / countable - wanted);
  return above && distance(above) < distance(below) ? above : below;
};

const choose = (ladders: readonly Ladder[], wanted: number): GroupThreshold[] =>
  ladders.map((ladder) => {
    const step = closestStep(ladder, wanted);
    return { group: ladder.group, threshold: step?.threshold ?? null, named: step?.named ?? 0 };
  });

const namedBy = (thresholds: readonly GroupThreshold[]): number => thresholds.reduce((sum, { named }) => sum + named, 0);

/** The greatest share, the same for all groups, with which no more than the capacity is named. */
const fill = (ladders: readonly Ladder[], capacity: number): GroupThreshold[] => {
  let [low, high] = [0, 1];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (namedBy(choose(ladders, middle)) <= capacity) low = middle;
    else high = middle;
  }
  return choose(ladders, low);
};

const flagsOf = (thresholds: readonly GroupThreshold[], score: Float64Array, group: readonly string[]): Uint8Array => {
  const threshold = new Map(thresholds.map((one) => [one.group, one.threshold ?? Infinity]));
  return Uint8Array.from(score, (value, row) => (value >= threshold.get(group[row]!)! ? 1 : 0));
};

/**
 * Thresholds by group under a stated policy and the counselors' capacity, as a what-if against one threshold for all
 * (Hardt, Price, Srebro 2016, "Equality of Opportunity in Supervised Learning"; without their coin flips, so a gap of a step may remain).
 * Whether thresholds by group may be used at all is for the law and a person to say. O(n log n).
 *
 * @param capacity learners that can be named; ties that would exceed it are left out
 * @throws RangeError when the arrays differ in length or the capacity is not a whole number
 * @example thresholdsByGroup({ label, score, group, policy: 'equal-opportunity', capacity: 500 }).precisionCostPer100
 */
export function thresholdsByGroup(input: {
  readonly label: Uint8Array | readonly number[];
  readonly score: Float64Array;
  readonly group: readonly (string | null)[];
  readonly policy: ThresholdPolicy;
  readonly capacity: number;
}): ThresholdsWhatIf {
  const { label, score, policy, capacity } = input;
  if (label.length !== score.length || input.group.length !== score.length) throw new RangeError('label, score and group differ in length');
  if (!Number.isInteger(capacity) || capacity < 0) throw new RangeError(`a capacity is a whole number, not ${capacity}`);
  const group = input.group.map((name) => name ?? NOT_DECLARED);
  const members = Map.groupBy(group.keys(), (row) => group[row]!);
  const counts = (row: number): number => (policy === 'equal-opportunity' ? label[row]! : 1);
  const thresholds = fill([...members].map(([name, rows]) => ladderOf(name, rows, score, counts)), capacity);
  // one threshold for all is the same search in a single group
  const single = fill([ladderOf('everyone', [...group.keys()], score, () => 1)], capacity);
  const before = flagsOf(single, score, group.map(() => 'everyone'));
  const flagged = flagsOf(thresholds, score, group);
  return { ...whatIf({ label, group }, before, flagged), policy, capacity, thresholds, flagged };
}
