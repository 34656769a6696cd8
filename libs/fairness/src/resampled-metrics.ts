import { drawPeople } from './bootstrap.js';
import { calibrate, type CalibrationFit, NO_CALIBRATION, recalibrate } from './calibrate.js';
import { type GroupRates } from './gaps/between-groups.js';
import { type GapName, gapNames, gaps } from './gaps/catalogue.js';
import { type GroupRows, splitRows } from './group-rows.js';
import { type Grouping } from './grouping.js';
import { type MetricName, metricNames, metrics } from './metrics/catalogue.js';
import { randomFrom } from './random.js';
import { type Sample } from './sample.js';
import { asNumber, type Statistic } from './statistic.js';
import { type Tally, tallyRows } from './tally.js';

/** A grouping, its rows by group, its figures, and their resamples. */
export interface Measured {
  readonly grouping: Grouping;
  readonly rows: readonly GroupRows[];
  /** Null where scores are not probabilities. */
  readonly fits: readonly (CalibrationFit | null)[];
  readonly tallies: readonly Tally[];
  readonly metrics: readonly Readonly<Record<MetricName, Statistic>>[];
  readonly gaps: Readonly<Record<GapName, Statistic>>;
  readonly resampledMetrics: readonly Readonly<Record<MetricName, Float64Array>>[];
  readonly resampledGaps: Readonly<Record<GapName, Float64Array>>;
}

const recordOf = <Name extends string, Value>(names: readonly Name[], make: (name: Name) => Value): Record<Name, Value> =>
  Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Value>;

const ratesOf = (grouping: Grouping, tallies: readonly Tally[]): GroupRates => {
  const judged = tallies.filter((_, group) => grouping.judged[group]);
  const all = (metric: MetricName): Float64Array => Float64Array.from(judged, (tally) => asNumber(metrics[metric](tally)));
  return { selectionRate: all('selectionRate'), tpr: all('tpr'), fpr: all('fpr') };
};

const measure = (sample: Sample, grouping: Grouping, order: Int32Array, resamples: number): Measured => {
  const rows = splitRows(sample, grouping, order);
  const once = new Float64Array(sample.people).fill(1);
  const fits = rows.map((group) => (sample.scoresAreProbabilities ? calibrate(group) : null));
  const tallies = rows.map((group, index) => tallyRows(group, once, fits[index] ?? NO_CALIBRATION));
  const rates = ratesOf(grouping, tallies);
  return {
    grouping,
    rows,
    fits,
    tallies,
    metrics: tallies.map((tally) => recordOf(metricNames, (name) => metrics[name](tally))),
    gaps: recordOf(gapNames, (name) => gaps[name](rates)),
    resampledMetrics: rows.map(() => recordOf(metricNames, () => new Float64Array(resamples))),
    resampledGaps: recordOf(gapNames, () => new Float64Array(resamples)),
  };
};

const resample = (measured: Measured, times: Float64Array, at: number): void => {
  const { grouping, rows, fits, tallies, resampledMetrics, resampledGaps } = measured;
  const drawn = rows.map((group, index) => {
    if (!grouping.judged[index]) return tallies[index]!;
    const fit = fits[index];
    return tallyRows(group, times, fit ? recalibrate(group, fit, times) : NO_CALIBRATION);
  });
  drawn.forEach((tally, group) => {
    for (const name of metricNames) resampledMetrics[group]![name][at] = asNumber(metrics[name](tally));
  });
  const rates = ratesOf(grouping, drawn);
  for (const name of gapNames) resampledGaps[name][at] = asNumber(gaps[name](rates));
};

/**
 * Every metric of every group and every gap, with its resamples by person: the same draws for all groupings,
 * so that their intervals belong to the same worlds. O(resamples × groupings × n).
 *
 * @param order rows in rising order of score, see `byScore`
 */
export function measureGroupings(
  sample: Sample,
  groupings: readonly Grouping[],
  order: Int32Array,
  settings: { readonly seed: number; readonly resamples: number },
): Measured[] {
  const measured = groupings.map((grouping) => measure(sample, grouping, order, settings.resamples));
  const random = randomFrom(settings.seed);
  const times = new Float64Array(sample.people);
  for (let at = 0; at < settings.resamples; at++) {
    drawPeople(times, random);
    for (const one of measured) resample(one, times, at);
  }
  return measured;
}
