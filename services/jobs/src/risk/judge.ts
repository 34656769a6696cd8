import {
  averagePrecision, brierScore, calibrationLine, createRandom, expectedCalibrationError, logLoss, type Platt, type ReliabilityBin, reliabilityBins,
  rankOrder, rocAuc, type ScoredOutcomes, topFraction,
} from '@pharos/learner-models'; // prettier-ignore

/** Held-out rows with their probabilities: what a model is judged by. */
export interface HeldOut {
  readonly score: Float64Array;
  readonly logOdds: Float64Array;
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

/** Several metrics at once where one computation gives them. @param near the calibration line of rows like these */
function measure(scored: ScoredOutcomes, near?: Platt): Readonly<Record<string, number>> {
  const { precision, recall } = topFraction(scored, 0.1);
  const line = calibrationLine(scored, near);
  return {
    auc: rocAuc(scored),
    averagePrecision: averagePrecision(scored),
    precisionAt10: precision,
    recallAt10: recall,
    brier: brierScore(scored),
    logLoss: logLoss(scored),
    ece: expectedCalibrationError(scored),
    calibrationSlope: line.slope,
    calibrationIntercept: line.intercept,
  };
}

/**
 * Judges scores by outcomes, each metric with a percentile bootstrap interval by person. O(resamples × rows).
 *
 * @param resamples 100 place a 95 % interval well enough for a card; the statistician's report asks for more
 */
export function judge({ score, target, person }: Omit<HeldOut, 'logOdds'>, seed: number, resamples = 100): Judgement {
  const scored: ScoredOutcomes = { score, target, order: rankOrder(score) };
  const whole = measure(scored);
  const near = { slope: whole.calibrationSlope!, intercept: whole.calibrationIntercept! };
  const draws = drawWeights(person, seed, resamples).map((weight) => measure({ ...scored, weight }, near));
  const metrics = Object.entries(whole).map(([name, value]): [string, Metric] => {
    const values = draws.map((draw) => draw[name]!).filter(Number.isFinite).sort((a, b) => a - b); // prettier-ignore
    // A statistic that these rows do not define (one outcome only, say) is null, not a number that looks like one.
    const enough = Number.isFinite(value) && values.length >= resamples / 2;
    return [name, { value: Number.isFinite(value) ? value : null, low: enough ? quantile(values, 0.025) : null, high: enough ? quantile(values, 0.975) : null }]; // prettier-ignore
  });
  return { metrics: Object.fromEntries(metrics), reliability: reliabilityBins(scored) };
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
