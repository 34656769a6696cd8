import { leafValue } from './feature-update.js';
import { PAIR_BINS, SIDE } from './pair-cells.js';

export interface PairRules {
  readonly leafPenalty: number;
  /** +1 the value must rise along this side, -1 fall, 0 free. */
  readonly signs: readonly [number, number];
}

/** Gradient and curvature of the nine groups that a cut on each side makes: missing, low, high × missing, low, high. */
type Groups = Float64Array;

/** The best cut on each side, and what it gains. */
export interface PairCut {
  readonly gain: number;
  readonly first: number;
  readonly second: number;
}

/**
 * The cut of both sides that explains most of what is left, all 49 tried from running sums: FAST (Lou, Caruana, Gehrke and Hooker 2013),
 * with gradients and curvatures in the place of residuals. What either side's cut alone would explain is not counted.
 *
 * @param sums gradient and curvature of each of the 81 cells, side by side
 */
export function bestPairCut(sums: Float64Array, leafPenalty: number): PairCut {
  const running = runningSums(sums);
  const groups = new Float64Array(18);
  let gain = 0;
  let bestFirst = 1;
  let bestSecond = 1;
  for (let first = 1; first < PAIR_BINS; first++) {
    for (let second = 1; second < PAIR_BINS; second++) {
      fillGroups(running, first, second, groups);
      const found =
        explained(groups, leafPenalty) - Math.max(explainedBySide(groups, 3, 1, leafPenalty), explainedBySide(groups, 1, 3, leafPenalty));
      if (found <= gain) continue;
      gain = found;
      bestFirst = first;
      bestSecond = second;
    }
  }
  return { gain, first: bestFirst, second: bestSecond };
}

/**
 * A tree that cuts both sides once and gives each of the nine groups its Newton step.
 *
 * @returns whether it says anything
 */
export function updatePair(sums: Float64Array, rules: PairRules, into: Float64Array): boolean {
  into.fill(0);
  const { gain, first, second } = bestPairCut(sums, rules.leafPenalty);
  if (gain <= 1e-12) return false;
  const groups = new Float64Array(18);
  fillGroups(runningSums(sums), first, second, groups);
  const values = new Float64Array(9);
  for (let group = 0; group < 9; group++) values[group] = leafValue(groups[2 * group]!, groups[2 * group + 1]!, rules.leafPenalty);
  if (!keepOrder(values, groups, rules)) return false;
  for (let a = 0; a < SIDE; a++) {
    for (let b = 0; b < SIDE; b++) into[a * SIDE + b] = values[3 * groupOf(a, first) + groupOf(b, second)]!;
  }
  return true;
}

function groupOf(bin: number, cut: number): number {
  if (bin === 0) return 0;
  return bin <= cut ? 1 : 2;
}

/** Sums over cells up to and including (a, b), the missing row and column apart: entry a × 9 + b, gradient and curvature. */
function runningSums(sums: Float64Array): Float64Array {
  const running = Float64Array.from(sums);
  for (let part = 0; part < 2; part++) {
    for (let a = 0; a < SIDE; a++) {
      for (let b = 2; b < SIDE; b++) running[2 * (a * SIDE + b) + part]! += running[2 * (a * SIDE + b - 1) + part]!;
    }
    for (let a = 2; a < SIDE; a++) {
      for (let b = 0; b < SIDE; b++) running[2 * (a * SIDE + b) + part]! += running[2 * ((a - 1) * SIDE + b) + part]!;
    }
  }
  return running;
}

/** Sums of the nine groups, from those of the cells up to the cuts and up to the end. */
function fillGroups(running: Float64Array, first: number, second: number, groups: Groups): void {
  const line = 2 * SIDE;
  const cut = first * line;
  const end = PAIR_BINS * line;
  const toCut = 2 * second;
  const toEnd = 2 * PAIR_BINS;
  for (let part = 0; part < 2; part++) {
    groups[part] = running[part]!;
    groups[2 + part] = running[toCut + part]!;
    groups[4 + part] = running[toEnd + part]! - running[toCut + part]!;
    groups[6 + part] = running[cut + part]!;
    groups[8 + part] = running[cut + toCut + part]!;
    groups[10 + part] = running[cut + toEnd + part]! - running[cut + toCut + part]!;
    groups[12 + part] = running[end + part]! - running[cut + part]!;
    groups[14 + part] = running[end + toCut + part]! - running[cut + toCut + part]!;
    groups[16 + part] = running[end + toEnd + part]! - running[cut + toEnd + part]! - groups[14 + part]!;
  }
}

/** What the three groups explain that remain when one side alone is cut; the strides say which side. */
function explainedBySide(groups: Groups, stride: number, other: number, leafPenalty: number): number {
  let sum = 0;
  for (let kept = 0; kept < 3; kept++) {
    const at = 2 * kept * stride;
    const gradient = groups[at]! + groups[at + 2 * other]! + groups[at + 4 * other]!;
    const curvature = groups[at + 1]! + groups[at + 2 * other + 1]! + groups[at + 4 * other + 1]!;
    sum += gradient ** 2 / Math.max(1e-12, curvature + leafPenalty);
  }
  return sum;
}

function explained(groups: Groups, leafPenalty: number): number {
  let sum = 0;
  for (let at = 0; at < 18; at += 2) sum += groups[at]! ** 2 / Math.max(1e-12, groups[at + 1]! + leafPenalty);
  return sum;
}

/** Pools low and high where they break the order, until none does. @returns false where no order is found: then nothing is said */
function keepOrder(values: Float64Array, groups: Groups, { signs, leafPenalty }: PairRules): boolean {
  const lines: [number, number, number][] = [0, 1, 2].flatMap((other): [number, number, number][] => [
    [3 + other, 6 + other, signs[0]],
    [3 * other + 1, 3 * other + 2, signs[1]],
  ]);
  for (let pass = 0; pass < 20; pass++) {
    let broken = false;
    for (const [low, high, sign] of lines) {
      if ((values[high]! - values[low]!) * sign >= 0) continue;
      broken = true;
      const lowWeight = groups[2 * low + 1]! + leafPenalty + 1e-9;
      const highWeight = groups[2 * high + 1]! + leafPenalty + 1e-9;
      values[low] = values[high] = (values[low]! * lowWeight + values[high]! * highWeight) / (lowWeight + highWeight);
    }
    if (!broken) return true;
  }
  return false;
}
