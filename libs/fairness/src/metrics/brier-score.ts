import { share, type Statistic, unknown } from '../statistic.js';
import { type Tally } from '../tally.js';

/** Mean squared distance of risk and outcome (Brier 1950); 0 is perfect. @example risk 0.8, outcome 1 => 0.04 */
export const brierScore = (tally: Tally): Statistic =>
  tally.scoresAreProbabilities ? share(tally.squaredError, tally.n, 'the group is empty') : unknown('scores are not probabilities');
