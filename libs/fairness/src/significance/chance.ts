import { quantile } from '../bootstrap.js';

/** What chance alone would show in place of a gap: half of the time more than `median`, once in twenty beyond `extreme`. */
export interface Chance {
  readonly median: number;
  /** For differences and areas the 95th percentile, for ratios the 5th. */
  readonly extreme: number;
}

/** Summarises a statistic under permutation; null where it hardly ever exists. O(p log p). */
export function chanceOf(permuted: Float64Array, worse: 'high' | 'low'): Chance | null {
  const defined = permuted.filter((value) => !Number.isNaN(value)).sort();
  if (defined.length === 0 || defined.length < 0.9 * permuted.length) return null;
  return { median: quantile(defined, 0.5), extreme: quantile(defined, worse === 'high' ? 0.95 : 0.05) };
}
