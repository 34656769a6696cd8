import { GlassBox } from './glass-box/glass-box.js';
import { syntheticLearners } from './synthetic-learners.js';

/** Rows scored at a time: explanations of 10,000 rows and 60 terms take 5 MB. */
const BLOCK = 10_000;

/** What one benchmark measured; time is this process's own, on one core. */
export interface Measured {
  readonly name: string;
  readonly milliseconds: number;
  /** What is at least as good, in milliseconds. */
  readonly ceiling: number;
  /** Memory of the process when it ended, in MB. */
  readonly residentMb: number;
}

/** Runs a piece of work and measures it. */
export function measure(name: string, ceiling: number, now: () => number, work: () => void): Measured {
  const start = now();
  work();
  return { name, milliseconds: now() - start, ceiling, residentMb: process.memoryUsage().rss / 2 ** 20 };
}

/**
 * Scores learners with every contribution, block by block, as a job does.
 *
 * @param now milliseconds that only grow, such as `() => performance.now()`
 */
export function benchScoring(now: () => number, rows = 1_000_000): Measured {
  const model = new GlassBox({ seed: 1, rounds: 30 }).fit(syntheticLearners(20_000, 50, 1));
  const learners = syntheticLearners(rows, 50, 2);
  return measure(`scoring ${rows} learners with explanations`, 30_000, now, () => {
    for (let from = 0; from < rows; from += BLOCK) model.predict(learners, { from, to: Math.min(rows, from + BLOCK) });
  });
}
