import { drawPeople } from './bootstrap.js';
import { calibrate, type CalibrationFit, recalibrate } from './calibrate.js';
import { findEnds, type GroupEnds, noGroupEnds } from './gaps/between-groups.js';
import { type GapName, gapNames, gaps } from './gaps/catalogue.js';
import { type GroupRows, type OrderedSample, splitRows } from './group-rows.js';
import { type Grouping } from './grouping.js';
import { type MetricName, metricNames, metrics } from './metrics/catalogue.js';
import { randomFrom } from './random.js';
import { type Sample } from './sample.js';
import { type Statistic, statisticOf } from './statistic.js';
import { emptyTally, type Tally, tallyRows } from './tally.js';

/** A grouping, its figures, and their resamples. */
export interface Measured {
  readonly grouping: Grouping;
  /** Rows of each group. */
  readonly sizes: readonly number[];
  readonly metrics: readonly Readonly<Record<MetricName, Statistic>>[];
  readonly gaps: Readonly<Record<GapName, Statistic>>;
  readonly resampledMetrics: readonly Readonly<Record<MetricName, Float64Array>>[];
  readonly resampledGaps: Readonly<Record<GapName, Float64Array>>;
}

/** What a group is tallied from and into. */
interface GroupBench {
  readonly rows: GroupRows;
  /** Null where scores are not probabilities. */
  readonly fit: CalibrationFit | null;
  readonly tally: Tally;
  readonly judged: boolean;
  /** One column per metric, in the order of the catalogue. */
  readonly columns: readonly Float64Array[];
}

interface GroupingBench {
  readonly measured: Measured;
  readonly groups: readonly GroupBench[];
  readonly judged: Uint8Array;
  /** Each group's rate in the present resample, beside its place in the catalogue of metrics. */
  readonly rates: readonly { readonly name: keyof GroupEnds; readonly metric: number; readonly values: Float64Array }[];
  readonly ends: GroupEnds;
}

const recordOf = <Name extends string, Value>(names: readonly Name[], make: (name: Name) => Value): Record<Name, Value> =>
  Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Value>;

const rateNames = ['selectionRate', 'tpr', 'fpr'] as const satisfies readonly (keyof GroupEnds)[];
const measures = metricNames.map((name) => metrics[name]);

const findAllEnds = ({ rates, ends, judged }: Pick<GroupingBench, 'rates' | 'ends' | 'judged'>): void => {
  for (const { name, values } of rates) findEnds(ends[name], values, 0, values.length, judged);
};

const measure = (sample: Sample, grouping: Grouping, order: OrderedSample, resamples: number): GroupingBench => {
  const once = new Int32Array(sample.people).fill(1);
  const resampledMetrics = grouping.names.map(() => recordOf(metricNames, () => new Float64Array(resamples)));
  const groups = splitRows(sample, grouping, order).map((rows, group): GroupBench => {
    const fit = sample.scoresAreProbabilities ? calibrate(rows) : null;
    const tally = emptyTally(sample.scoresAreProbabilities);
    tallyRows(rows, once, tally);
    if (fit) Object.assign(tally, { slope: fit.slope, intercept: fit.intercept });
    return { rows, fit, tally, judged: grouping.judged[group]!, columns: metricNames.map((name) => resampledMetrics[group]![name]) };
  });
  const rates = rateNames.map((name) => ({
    name,
    metric: metricNames.indexOf(name),
    values: Float64Array.from(groups, ({ tally }) => metrics[name].of(tally)),
  }));
  const found = { rates, ends: noGroupEnds(), judged: Uint8Array.from(grouping.judged, Number) };
  findAllEnds(found);
  const measured: Measured = {
    grouping,
    sizes: groups.map(({ tally }) => tally.n),
    metrics: groups.map(({ tally }) => recordOf(metricNames, (name) => statisticOf(metrics[name], tally))),
    gaps: recordOf(gapNames, (name) => statisticOf(gaps[name], found.ends)),
    resampledMetrics,
    resampledGaps: recordOf(gapNames, () => new Float64Array(resamples)),
  };
  return { ...found, measured, groups };
};

const resample = (bench: GroupingBench, times: Int32Array, at: number): void => {
  for (const { rows, fit, tally, judged, columns } of bench.groups) {
    if (!judged) continue; // it has no intervals, and takes no part in gaps
    tallyRows(rows, times, tally);
    if (fit) recalibrate(rows, fit, times, tally);
    for (let metric = 0; metric < columns.length; metric++) columns[metric]![at] = measures[metric]!.of(tally);
  }
  for (const { metric, values } of bench.rates) bench.groups.forEach(({ columns }, group) => (values[group] = columns[metric]![at]!));
  findAllEnds(bench);
  for (const name of gapNames) bench.measured.resampledGaps[name][at] = gaps[name].of(bench.ends);
};

/**
 * Every metric of every group and every gap, with its resamples by person: the same draws for all groupings,
 * so that their intervals belong to the same worlds. O(resamples × groupings × n).
 *
 * @param order see `byScore`
 */
export function measureGroupings(
  sample: Sample,
  groupings: readonly Grouping[],
  order: OrderedSample,
  settings: { readonly seed: number; readonly resamples: number },
): Measured[] {
  const benches = groupings.map((grouping) => measure(sample, grouping, order, settings.resamples));
  const random = randomFrom(settings.seed);
  const times = new Int32Array(sample.people);
  for (let at = 0; at < settings.resamples; at++) {
    drawPeople(times, random);
    for (const bench of benches) resample(bench, times, at);
  }
  return benches.map(({ measured }) => measured);
}
