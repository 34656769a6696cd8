import { withInterval } from './bootstrap.js';
import { type GapName, gapNames } from './gaps/catalogue.js';
import { byScore } from './group-rows.js';
import { cross, everyone, type Grouping, groupRows } from './grouping.js';
import { type MetricName, metricNames } from './metrics/catalogue.js';
import { randomFrom } from './random.js';
import { type AttributeReport, type AuditSettings, type FairnessReport, type GapReport, type GroupReport } from './report.js';
import { type Measured, measureGroupings } from './resampled-metrics.js';
import { type AuditInput, readSample, type Sample } from './sample.js';
import { type AbrocaPair, abrocaPairs } from './significance/abroca-pairs.js';
import { chanceOf } from './significance/chance.js';
import { type GroupingUnderChance, permuteGroups } from './significance/permutation.js';
import { leastPermutations, testFamily } from './significance/test-family.js';
import { verdictsOf } from './verdict.js';
import { type Estimate } from './statistic.js';

/** How to audit; every field but the seed has a default that is written into the report. */
export interface AuditOptions {
  readonly seed: number;
  readonly resamples?: number;
  readonly level?: number;
  /** People below which a group is pooled. Under 30, a rate's interval is wider than 18 of 100 on either side. */
  readonly minimumGroup?: number;
  /** At least so many; more where there are so many tests that a lone finding could not be significant. */
  readonly permutations?: number;
  readonly alpha?: number;
  readonly abrocaRounds?: number;
  /** Pairs of attributes to cross; default: all. */
  readonly intersections?: readonly (readonly [string, string])[];
}

const settingsOf = (input: AuditInput & AuditOptions): AuditSettings => ({
  seed: input.seed,
  resamples: input.resamples ?? 1000,
  level: input.level ?? 0.95,
  minimumGroup: input.minimumGroup ?? 30,
  permutations: input.permutations ?? 2000,
  alpha: input.alpha ?? 0.05,
  abrocaRounds: input.abrocaRounds ?? 200,
  threshold: input.threshold ?? null,
});

const tooSmall = (people: number, minimum: number): Estimate => ({
  value: null,
  low: null,
  high: null,
  reason: `${people} people in all small groups together; at least ${minimum} are needed`,
});

const groupReport = (measured: Measured, group: number, { level, minimumGroup }: AuditSettings): GroupReport => {
  const { grouping, sizes } = measured;
  const people = grouping.people[group]!;
  const judged = grouping.judged[group]!;
  const estimate = (name: MetricName): Estimate =>
    judged ? withInterval(measured.metrics[group]![name], measured.resampledMetrics[group]![name], level) : tooSmall(people, minimumGroup);
  const metrics = Object.fromEntries(metricNames.map((name) => [name, estimate(name)])) as Record<MetricName, Estimate>;
  return { group: grouping.names[group]!, n: sizes[group]!, people, judged, metrics };
};

const worseEnd = (name: GapName): 'high' | 'low' => (name.endsWith('Ratio') ? 'low' : 'high');

const attributeReport = (
  measured: Measured,
  chance: GroupingUnderChance,
  abroca: readonly AbrocaPair[],
  settings: AuditSettings,
): AttributeReport => {
  const gap = (name: GapName): GapReport => ({
    ...withInterval(measured.gaps[name], measured.resampledGaps[name], settings.level),
    chance: chanceOf(chance.gaps[name], worseEnd(name)),
  });
  return {
    attribute: measured.grouping.attribute,
    groups: measured.grouping.names.map((_, group) => groupReport(measured, group, settings)),
    pooled: measured.grouping.pooled,
    gaps: Object.fromEntries(gapNames.map((name) => [name, gap(name)])) as Record<GapName, GapReport>,
    abroca,
  };
};

const allPairs = (names: readonly string[]): [string, string][] =>
  names.flatMap((one, index) => names.slice(index + 1).map((other): [string, string] => [one, other]));

const groupingsOf = (
  input: AuditInput & AuditOptions,
  sample: Sample,
  minimum: number,
): { attributes: Grouping[]; crossings: Grouping[] } => {
  const values = (attribute: string): readonly (string | null)[] => {
    const column = input.groups[attribute];
    if (!column) throw new RangeError(`there is no attribute ${attribute} to cross`);
    return column;
  };
  const names = Object.keys(input.groups);
  const crossings = (input.intersections ?? allPairs(names)).map(([one, other]) =>
    groupRows(`${one} × ${other}`, cross(values(one), values(other)), sample, minimum),
  );
  return { attributes: names.map((name) => groupRows(name, values(name), sample, minimum)), crossings };
};

/**
 * Audits a model's named learners and scores by group.
 *
 * Rates are shares of 1; intervals are percentile bootstraps by person; differences and ratios are Fairlearn's; tests are permutations
 * by person, adjusted as one family. Groups with fewer people than `minimumGroup` are pooled, missing values are the group `not declared`.
 * The same input and seed give the same report. O((resamples + permutations) × groupings × rows).
 *
 * @throws RangeError naming the entry that is wrong
 * @example auditFairness({ label, score, threshold: 0.5, groups: { sex }, person, seed: 1 }).attributes[0].groups[0].metrics.fnr
 */
export function auditFairness(input: AuditInput & AuditOptions): FairnessReport {
  const asked = settingsOf(input);
  const sample = readSample(input);
  const { attributes, crossings } = groupingsOf(input, sample, asked.minimumGroup);
  const settings = { ...asked, permutations: Math.max(asked.permutations, leastPermutations(attributes, asked.alpha)) };
  const groupings = [...attributes, ...crossings];
  const order = byScore(sample);
  const [whole, ...parts] = measureGroupings(sample, [everyone(sample), ...groupings], order, settings);
  // streams of their own, so that more resamples do not change the tests
  const chance = permuteGroups(sample, groupings, settings.permutations, randomFrom(settings.seed + 1));
  const random = randomFrom(settings.seed + 2);
  const areas = abrocaPairs(sample, attributes, order.order, { rounds: settings.abrocaRounds, level: settings.level }, random);
  const reports = parts.map((measured, index) => attributeReport(measured, chance[index]!, areas[index] ?? [], settings));
  const tested = {
    attributes: reports.slice(0, attributes.length),
    family: testFamily(chance.slice(0, attributes.length), settings.permutations, settings.alpha),
  };
  return {
    version: 1,
    settings,
    overall: groupReport(whole!, 0, settings),
    ...tested,
    intersections: reports.slice(attributes.length),
    verdicts: verdictsOf(tested),
  };
}
