import { MISSING_BIN } from './quantile-bins.js';

/** What a small tree over the bins of one feature must keep to. */
export interface TreeRules {
  readonly leaves: number;
  readonly leafRows: number;
  readonly leafPenalty: number;
  /** +1 the value must rise with the bin, -1 fall, 0 free. */
  readonly sign: number;
  /** Whether absence may move the score. */
  readonly readsAbsence: boolean;
}

interface Split {
  readonly gain: number;
  readonly at: number;
}

/**
 * A tree of few leaves over one feature's bins, grown best split first, with Newton's leaf values -G/(H + penalty) (Friedman 2001);
 * missing values are a leaf of their own.
 *
 * @param sums gradient and curvature of each bin, side by side
 * @param counts training rows of each bin
 * @param into the tree's value for each bin
 * @returns whether the tree says anything
 */
export function updateFeature(sums: Float64Array, counts: Float64Array, rules: TreeRules, into: Float64Array): boolean {
  into.fill(0);
  const bins = counts.length;
  const edges = [1, bins];
  const splits: (Split | undefined)[] = [bestSplit(sums, counts, 1, bins, rules)];
  while (splits.length < rules.leaves) {
    let best = -1;
    splits.forEach((split, leaf) => {
      if (split && (best < 0 || split.gain > splits[best]!.gain)) best = leaf;
    });
    if (best < 0) break;
    const { at } = splits[best]!;
    edges.splice(best + 1, 0, at);
    splits.splice(best, 1, bestSplit(sums, counts, edges[best]!, at, rules), bestSplit(sums, counts, at, edges[best + 2]!, rules));
  }
  const present = counts.subarray(1).some((rows) => rows > 0);
  const absent = present && counts[MISSING_BIN]! >= rules.leafRows && rules.readsAbsence;
  if (edges.length === 2 && !absent) return false;
  fillLeaves(sums, edges, rules, into);
  if (absent) into[MISSING_BIN] = leafValue(sums[0]!, sums[1]!, rules.leafPenalty);
  if (!rules.readsAbsence) centreOnPresent(sums, into);
  return true;
}

function bestSplit(sums: Float64Array, counts: Float64Array, from: number, to: number, rules: TreeRules): Split | undefined {
  let gradient = 0;
  let curvature = 0;
  let rows = 0;
  for (let bin = from; bin < to; bin++) {
    gradient += sums[2 * bin]!;
    curvature += sums[2 * bin + 1]!;
    rows += counts[bin]!;
  }
  const { leafPenalty, leafRows, sign } = rules;
  const whole = gradient ** 2 / (curvature + leafPenalty);
  let best: Split | undefined;
  let leftGradient = 0;
  let leftCurvature = 0;
  let leftRows = 0;
  for (let bin = from; bin < to - 1; bin++) {
    leftGradient += sums[2 * bin]!;
    leftCurvature += sums[2 * bin + 1]!;
    leftRows += counts[bin]!;
    if (leftRows < leafRows || rows - leftRows < leafRows) continue;
    const left = leftGradient / (leftCurvature + leafPenalty);
    const right = (gradient - leftGradient) / (curvature - leftCurvature + leafPenalty);
    // Values are the negative of these ratios, so rising values are falling ratios.
    if (sign !== 0 && (left - right) * sign < 0) continue;
    const gain = leftGradient * left + (gradient - leftGradient) * right - whole;
    if (gain > 1e-12 && (!best || gain > best.gain)) best = { gain, at: bin + 1 };
  }
  return best;
}

function fillLeaves(sums: Float64Array, edges: readonly number[], { leafPenalty, sign }: TreeRules, into: Float64Array): void {
  // Leaves that break the order are pooled with their neighbour (Ayer et al. 1955), which is the best ordered fit to them.
  const pools: { gradient: number; curvature: number; to: number }[] = [];
  for (let leaf = 0; leaf + 1 < edges.length; leaf++) {
    let pool = { gradient: 0, curvature: 0, to: edges[leaf + 1]! };
    for (let bin = edges[leaf]!; bin < pool.to; bin++) {
      pool.gradient += sums[2 * bin]!;
      pool.curvature += sums[2 * bin + 1]!;
    }
    for (let last = pools.at(-1); last && sign !== 0; last = pools.at(-1)) {
      const step = leafValue(pool.gradient, pool.curvature, leafPenalty) - leafValue(last.gradient, last.curvature, leafPenalty);
      if (step * sign >= 0) break;
      pools.pop();
      pool = { gradient: pool.gradient + last.gradient, curvature: pool.curvature + last.curvature, to: pool.to };
    }
    pools.push(pool);
  }
  let from = edges[0]!;
  for (const { gradient, curvature, to } of pools) {
    into.fill(leafValue(gradient, curvature, leafPenalty), from, to);
    from = to;
  }
}

function centreOnPresent(sums: Float64Array, into: Float64Array): void {
  let weight = 0;
  let sum = 0;
  for (let bin = 1; bin < into.length; bin++) {
    weight += sums[2 * bin + 1]!;
    sum += sums[2 * bin + 1]! * into[bin]!;
  }
  for (let bin = 1; bin < into.length; bin++) into[bin]! -= weight > 0 ? sum / weight : 0;
}

/** The Newton step of a leaf; 0 for one without curvature. */
export function leafValue(gradient: number, curvature: number, penalty: number): number {
  return curvature + penalty > 0 ? -gradient / (curvature + penalty) : 0;
}
