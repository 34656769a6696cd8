import {
  averagePrecision, brierScore, calibrationLine, createRandom, expectedCalibrationError, logLoss, type ReliabilityBin, reliabilityBins,
  rankOrder, rocAuc, type ScoredOutcomes, topFraction,
} from '@pharos/learner-models'; // prettier-ignore

/** Held-out rows with their calibrated probabilities: what a model is judged by. */
export interface HeldOut {
  readonly score: Float64Array;
  readonly target: Uint8Array;
  readonly person: Int32Array;
}

export interface Metric {
  readonly value: number | null;
  /** 95 % bootstrap interval by person. */
  readonly low: number | null;
  readonly high: number | null;
}

export interface Judgement {
  readonly metrics: Readonly<Record<string, Metric>>;
  readonly reliability: readonly ReliabilityBin[];
}

const statistics: Readonly<Record<string, (scored: ScoredOutcomes) => number>> = {
  auc: rocAuc,
  averagePrecision,
  precisionAt10: (scored) => topFraction(scored, 0.1).precision,
  recallAt10: (scored) => topFraction(scored, 0.1).recall,
  brier: brierScore,
  logLoss,
  ece: (scored) => expectedCalibrationError(scored),
  calibrationSlope: (scored) => calibrationLine(scored).slope,
  calibrationIntercept: (scored) => calibrationLine(scored).intercept,
};

/**
 * Judges scores by outcomes, each metric with a percentile bootstrap interval by person. O(resamples × rows).
 *
 * @param resamples 100 place a 95 % interval well enough for a card; the statistician's report asks for more
 */
export function judge({ score, target, person }: HeldOut, seed: number, resamples = 100): Judgement {
  const scored: ScoredOutcomes = { score, target, order: rankOrder(score) };
  const draws = drawWeights(person, seed, resamples);
  const metrics = Object.entries(statistics).map(([name, statistic]): [string, Metric] => {
    const value = defined(() => statistic(scored));
    const values = draws.flatMap((weight) => defined(() => statistic({ ...scored, weight })) ?? []).sort((a, b) => a - b);
    const enough = value !== null && values.length >= resamples / 2;
    return [name, { value, low: enough ? quantile(values, 0.025) : null, high: enough ? quantile(values, 0.975) : null }];
  });
  return { metrics: Object.fromEntries(metrics), reliability: reliabilityBins(scored) };
}

/** A statistic that these rows do not define (they have one outcome only, say) is null, not a number that looks like one. */
function defined(compute: () => number): number | null {
  const value = compute();
  return Number.isFinite(value) ? value : null;
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;

/** How often each row occurs in resamples of people with replacement. */
function drawWeights(person: Int32Array, seed: number, resamples: number): readonly Float64Array[] {
  const index = new Map<number, number>();
  for (const number of person) if (!index.has(number)) index.set(number, index.size);
  const random = createRandom(seed);
  return Array.from({ length: resamples }, () => {
    const times = new Float64Array(index.size);
    for (let draw = 0; draw < index.size; draw += 1) times[random.integer(index.size)]! += 1;
    return Float64Array.from(person, (number) => times[index.get(number)!]!);
  });
}
