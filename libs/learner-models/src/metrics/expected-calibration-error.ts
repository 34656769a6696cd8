import { reliabilityBins } from './reliability-bins.js';
import { type ScoredOutcomes } from './scored-outcomes.js';

/**
 * Expected calibration error: the gap between probability said and rate seen, averaged over bins of equal width by their size
 * (Naeini, Cooper and Hauskrecht 2015). O(n).
 *
 * @returns NaN where there are no rows
 * @throws RangeError when a score is not a probability
 * @example expectedCalibrationError(scored) // => 0.019
 */
export function expectedCalibrationError(scored: ScoredOutcomes, bins = 10): number {
  const filled = reliabilityBins(scored, bins);
  const all = filled.reduce((sum, bin) => sum + bin.count, 0);
  return filled.reduce((sum, bin) => sum + bin.count * Math.abs(bin.meanProbability - bin.rate), 0) / all;
}
