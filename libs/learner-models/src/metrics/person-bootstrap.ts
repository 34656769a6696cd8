import { createRandom } from '../random.js';
import { rankOrder, type ScoredOutcomes } from './scored-outcomes.js';

export interface BootstrapSettings {
  readonly seed: number;
  /** Resamples; 1,000 by default. */
  readonly replicates?: number;
  /** Level of the interval; 0.95 by default. */
  readonly level?: number;
}

/** A statistic with its percentile interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Standard deviation over the resamples. */
  readonly standardError: number;
  /** Resamples in which the statistic was defined; those without (one outcome only) are left out and not counted. */
  readonly replicates: number;
}

export type Metric = (scored: ScoredOutcomes) => number;

/**
 * Intervals of several statistics over the same resamples of persons: a person's rows are drawn together, since they are not independent
 * (Field and Welsh 2007). Persons are drawn as weights, so scores are sorted once. O(replicates × (rows + cost of the metrics)).
 *
 * @param group person of each row
 * @example bootstrapByPerson(scored, persons, { auc: rocAuc }, { seed: 1 }).auc // => { value: 0.81, low: 0.80, high: 0.82, … }
 */
export function bootstrapByPerson<Name extends string>(
  scored: ScoredOutcomes,
  group: Int32Array,
  metrics: Readonly<Record<Name, Metric>>,
  settings: BootstrapSettings,
): Record<Name, Estimate> {
  const names = Object.keys(metrics) as Name[];
  const ordered = { ...scored, order: scored.order ?? rankOrder(scored.score) };
  const drawn = new Map(names.map((name) => [name, [] as number[]]));
  eachResample(group, scored.weight, settings, (weight) => {
    for (const name of names) drawn.get(name)!.push(metrics[name]({ ...ordered, weight }));
  });
  const estimates = names.map((name) => [name, summarise(metrics[name](ordered), drawn.get(name)!, settings.level)] as const);
  return Object.fromEntries(estimates) as Record<Name, Estimate>;
}

/** A difference of two models on the same rows. */
export interface PairedDifference extends Estimate {
  /** Share of resamples in which the first model is not above the second: a one-sided bootstrap p-value. */
  readonly notAbove: number;
}

/**
 * The difference of a statistic between two models' scores of the same rows, over the same resamples of persons
 * (Efron and Tibshirani 1993, 16). O(replicates × cost of the metric).
 *
 * @returns first minus second
 * @example pairedDifference(target, glassBox, rule, persons, rocAuc, { seed: 1 }).low > 0 // => the glass box ranks better
 */
export function pairedDifference(
  first: ScoredOutcomes,
  second: ScoredOutcomes,
  group: Int32Array,
  metric: Metric,
  settings: BootstrapSettings,
): PairedDifference {
  if (first.target.length !== second.target.length || first.target.some((y, row) => y !== second.target[row])) {
    throw new RangeError('pairedDifference: both models must score the same rows');
  }
  const one = { ...first, order: rankOrder(first.score) };
  const other = { ...second, order: rankOrder(second.score) };
  const drawn: number[] = [];
  eachResample(group, first.weight, settings, (weight) => {
    drawn.push(metric({ ...one, weight }) - metric({ ...other, weight }));
  });
  const defined = drawn.filter((value) => !Number.isNaN(value));
  const notAbove = defined.filter((value) => value <= 0).length / defined.length;
  return { ...summarise(metric(one) - metric(other), drawn, settings.level), notAbove };
}

function eachResample(
  group: Int32Array,
  base: Float64Array | undefined,
  { seed, replicates = 1000 }: BootstrapSettings,
  take: (weight: Float64Array) => void,
): void {
  const numberOf = new Map<number, number>();
  const person = group.map((id) => {
    if (!numberOf.has(id)) numberOf.set(id, numberOf.size);
    return numberOf.get(id)!;
  });
  const random = createRandom(seed);
  const times = new Float64Array(numberOf.size);
  const weight = new Float64Array(group.length);
  for (let replicate = 0; replicate < replicates; replicate++) {
    times.fill(0);
    for (let draw = 0; draw < times.length; draw++) times[random.integer(times.length)]!++;
    for (let row = 0; row < weight.length; row++) weight[row] = times[person[row]!]! * (base ? base[row]! : 1);
    take(weight);
  }
}

function summarise(value: number, drawn: readonly number[], level = 0.95): Estimate {
  const defined = Float64Array.from(drawn.filter((x) => !Number.isNaN(x))).sort();
  const mean = defined.reduce((sum, x) => sum + x, 0) / defined.length;
  const variance = defined.reduce((sum, x) => sum + (x - mean) ** 2, 0) / Math.max(1, defined.length - 1);
  return {
    value,
    low: quantile(defined, (1 - level) / 2),
    high: quantile(defined, (1 + level) / 2),
    standardError: Math.sqrt(variance),
    replicates: defined.length,
  };
}

/** Linear interpolation between order statistics (type 7 of Hyndman and Fan 1996). NaN for an empty sample. */
export function quantile(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return NaN;
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  const next = Math.min(sorted.length - 1, low + 1);
  return sorted[low]! + (at - low) * (sorted[next]! - sorted[low]!);
}
