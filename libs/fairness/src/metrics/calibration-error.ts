import { BINS } from '../group-rows.js';
import { share, type Statistic, unknown } from '../statistic.js';
import { type Tally } from '../tally.js';

/**
 * Mean distance of risk and observed rate over ten bins of equal width, weighted by their size
 * (ECE: Naeini, Cooper, Hauskrecht 2015). Bins include their lower end; a risk of 1 is in the last.
 *
 * @example ten learners at risk 0.3, of whom four fail => 0.1
 */
export function calibrationError(tally: Tally): Statistic {
  if (!tally.scoresAreProbabilities) return unknown('scores are not probabilities');
  let distance = 0;
  for (let bin = 0; bin < BINS; bin++) distance += Math.abs(tally.binScore[bin]! - tally.binLabel[bin]!);
  return share(distance, tally.n, 'the group is empty');
}
