import { type ScoredOutcomes } from './scored-outcomes.js';

/** Learners whose probability lies in [from, to): what was said, and what came about. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly meanProbability: number;
  readonly rate: number;
}

/**
 * Bins of equal width over [0, 1], the last one closed; empty bins are left out. O(n).
 *
 * @throws RangeError when a score is not a probability
 * @example reliabilityBins(scored)[0] // => { from: 0, to: 0.1, count: 812, meanProbability: 0.06, rate: 0.07 }
 */
export function reliabilityBins({ target, score, weight }: ScoredOutcomes, bins = 10): ReliabilityBin[] {
  const count = new Float64Array(bins);
  const said = new Float64Array(bins);
  const came = new Float64Array(bins);
  for (let row = 0; row < target.length; row++) {
    const p = score[row]!;
    if (!(p >= 0 && p <= 1)) throw new RangeError(`reliabilityBins: ${p} is not a probability`);
    const w = weight ? weight[row]! : 1;
    const bin = Math.min(bins - 1, Math.floor(p * bins));
    count[bin]! += w;
    said[bin]! += w * p;
    came[bin]! += w * target[row]!;
  }
  return Array.from(count, (n, bin) => ({
    from: bin / bins,
    to: (bin + 1) / bins,
    count: n,
    meanProbability: said[bin]! / n,
    rate: came[bin]! / n,
  })).filter((bin) => bin.count > 0);
}
