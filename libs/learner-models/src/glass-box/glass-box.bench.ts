import { measure, type Measured } from '../scoring.bench.js';
import { syntheticLearners } from '../synthetic-learners.js';
import { GlassBox } from './glass-box.js';

/** Fits the glass box with its default settings to a data set of OULAD's size, after one fit that warms the compiler up. */
export function benchGlassBoxOulad(now: () => number): Measured {
  const learners = syntheticLearners(11_400, 40, 1);
  new GlassBox({ seed: 2 }).fit(learners);
  return measure('glass box, fit 11,400 × 40', 2_000, now, () => new GlassBox({ seed: 1 }).fit(learners));
}

/** Fits the glass box with its default settings to a large district. */
export function benchGlassBoxMillion(now: () => number): Measured {
  const learners = syntheticLearners(1_000_000, 50, 1);
  return measure('glass box, fit 1,000,000 × 50', 120_000, now, () => new GlassBox({ seed: 1 }).fit(learners));
}
