import { type Metric, ofProbabilities } from '../tally.js';

/** Mean squared distance of risk and outcome (Brier 1950); 0 is perfect. @example risk 0.8, outcome 1 => 0.04 */
export const brierScore: Metric = ofProbabilities({ of: (tally) => tally.squaredError / tally.n, why: () => 'the group is empty' });
