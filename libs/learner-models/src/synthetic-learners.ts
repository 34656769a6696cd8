import { type FeatureSpec, type TrainingTable } from './learner-table.js';
import { probabilityOf } from './log-odds.js';
import { createRandom } from './random.js';

/**
 * Made-up learners for the benchmarks: a third of the features count straight, a third bent, one pair acts together, the rest says nothing;
 * one value in twenty is missing. About three rows in ten have the outcome. O(rows × features).
 */
export function syntheticLearners(rows: number, width: number, seed: number): TrainingTable {
  const random = createRandom(seed);
  const features: FeatureSpec[] = Array.from({ length: width }, (_, at) => ({ name: `feature ${at}`, family: `family ${at % 5}` }));
  const columns = features.map(() => new Float32Array(rows));
  const target = new Uint8Array(rows);
  const group = Int32Array.from({ length: rows }, (_, row) => row >> 1);
  const informative = Math.max(2, Math.floor(width / 3));
  for (let row = 0; row < rows; row++) {
    let logOdds = -1.1;
    for (let at = 0; at < width; at++) {
      const value = random.normal();
      columns[at]![row] = random.uniform() < 0.05 ? NaN : value;
      if (at < informative) logOdds += (value * 1.2) / Math.sqrt(informative);
      else if (at < 2 * informative) logOdds += ((Math.abs(value) - 0.8) * 1.2) / Math.sqrt(informative);
    }
    const together = columns[0]![row]! * columns[1]![row]!;
    if (together > 0) logOdds += 0.5;
    target[row] = random.uniform() < probabilityOf(logOdds) ? 1 : 0;
  }
  return { features, columns, rows, target, group };
}
