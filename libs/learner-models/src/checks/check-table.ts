import { probabilityOf } from '../log-odds.js';
import { type FeatureSpec, type TrainingTable } from '../learner-table.js';
import { createRandom } from '../random.js';

/** The features of the check table: enough for the rule, with both directions of monotone and one that says nothing. */
export const checkFeatures: readonly FeatureSpec[] = [
  { name: 'work_missed', family: 'work', monotone: 'up' },
  { name: 'days_silent', family: 'activity', monotone: 'up' },
  { name: 'mark_mean', family: 'marks', monotone: 'down' },
  { name: 'clicks', family: 'activity' },
  { name: 'noise', family: 'none' },
];

/**
 * A made-up course whose risk is known: work missed and silence raise it, marks lower it, clicks bend it, and absence of marks means something.
 * Two rows per person.
 */
export function makeCheckTable(rows = 600, seed = 11): TrainingTable {
  const random = createRandom(seed);
  const columns = checkFeatures.map(() => new Float64Array(rows));
  const target = new Uint8Array(rows);
  const group = new Int32Array(rows);
  const time = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const missed = Math.max(0, Math.round(random.normal() * 1.2 + 0.7));
    const silent = Math.max(0, Math.round(random.normal() * 6 + 5));
    const mark = random.uniform() < 0.15 ? NaN : Math.min(100, Math.max(0, 65 + 15 * random.normal()));
    const clicks = Math.exp(random.normal() + 3);
    const noise = random.normal();
    [missed, silent, mark, clicks, noise].forEach((value, index) => (columns[index]![row] = value));
    const fromMark = Number.isNaN(mark) ? 0.8 : (65 - mark) / 15;
    const logOdds = -1.2 + 0.8 * missed + 0.1 * (silent - 5) + fromMark + 0.5 * Math.abs(Math.log(clicks) - 3);
    target[row] = random.uniform() < probabilityOf(logOdds) ? 1 : 0;
    group[row] = row >> 1;
    time[row] = row % 4;
  }
  return { features: checkFeatures, columns, rows, target, group, time };
}
