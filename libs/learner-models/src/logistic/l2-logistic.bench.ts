import { measure, type Measured } from '../scoring.bench.js';
import { syntheticLearners } from '../synthetic-learners.js';
import { L2Logistic } from './l2-logistic.js';

/** Fits the logistic model to a large district, lambda chosen by cross-validation. */
export function benchLogisticMillion(now: () => number): Measured {
  const learners = syntheticLearners(1_000_000, 50, 1);
  return measure('logistic, fit 1,000,000 × 50', 10_000, now, () => new L2Logistic({ seed: 1 }).fit(learners));
}
