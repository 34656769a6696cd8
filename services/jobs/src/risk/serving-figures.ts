import { bootstrapByPerson, logLoss, type ScoredOutcomes } from '@pharos/learner-models';
import { type HeldOut, type Metric } from './judge.js';

/** What people feel of a model once it serves: the same figures are promised by the backtest and looked at when outcomes arrive. */
export const servingNames = ['precision', 'falseNegativeRate', 'calibrationGap', 'logLoss'] as const;
export type ServingFigures = Readonly<Record<(typeof servingNames)[number], Metric>>;

/**
 * Of those named, the share who did not pass; of those who did not pass, the share nobody named; how much higher the probabilities were than the
 * rate, on average; and the log loss. Each with a bootstrap interval by person. O(resamples × rows).
 *
 * @param threshold probability from which on learners count as named
 */
export function servingFigures(
  { score, target, person }: Omit<HeldOut, 'logOdds'>,
  threshold: number,
  seed: number,
  replicates = 100,
): ServingFigures {
  const named = Uint8Array.from(score, (p) => Number(p >= threshold));
  const metrics = {
    precision: share(named, (row) => target[row]!),
    falseNegativeRate: share(target, (row) => 1 - named[row]!),
    calibrationGap: share(new Uint8Array(target.length).fill(1), (row) => score[row]! - target[row]!),
    logLoss,
  };
  const found = bootstrapByPerson({ score, target }, person, metrics, { seed, replicates });
  const metricOf = (name: keyof typeof found): Metric => {
    const { value, low, high } = found[name];
    return Number.isFinite(value) ? { value, low: finite(low), high: finite(high) } : { value: null, low: null, high: null };
  };
  return { precision: metricOf('precision'), falseNegativeRate: metricOf('falseNegativeRate'), calibrationGap: metricOf('calibrationGap'), logLoss: metricOf('logLoss') }; // prettier-ignore
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Weighted mean of what `of` says over the rows that are `among`; NaN where there are none. */
const share =
  (among: Uint8Array, of: (row: number) => number) =>
  ({ weight }: ScoredOutcomes): number => {
    let [sum, count] = [0, 0];
    for (let row = 0; row < among.length; row += 1) {
      if (among[row] === 0) continue;
      const times = weight ? weight[row]! : 1;
      sum += times * of(row);
      count += times;
    }
    return count > 0 ? sum / count : NaN;
  };
