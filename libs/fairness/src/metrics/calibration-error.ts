import { type Metric, ofProbabilities } from '../tally.js';

/**
 * Mean distance of risk and observed rate over ten bins of equal width, weighted by their size
 * (ECE: Naeini, Cooper, Hauskrecht 2015). Bins include their lower end; a risk of 1 is in the last.
 *
 * @example ten learners at risk 0.3, of whom four fail => 0.1
 */
export const calibrationError: Metric = ofProbabilities({ of: (tally) => tally.binDistance / tally.n, why: () => 'the group is empty' });
