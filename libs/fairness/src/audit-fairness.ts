import { withInterval } from './bootstrap.js';
import { type GapName, gapNames } from './gaps/catalogue.js';
import { byScore } from './group-rows.js';
import { everyone, groupRows } from './grouping.js';
import { type MetricName, metricNames } from './metrics/catalogue.js';
import { type AttributeReport, type AuditSettings, type FairnessReport, type GroupReport } from './report.js';
import { type Measured, measureGroupings } from './resampled-metrics.js';
import { type AuditInput, readSample } from './sample.js';
import { type Estimate } from './statistic.js';

/** How to audit; every field but the seed has a default that is written into the report. */
export interface AuditOptions {
  readonly seed: number;
  readonly resamples?: number;
  readonly level?: number;
  /** People below which a group is pooled. Under 30, a rate's interval is wider than 18 of 100 on either side. */
  readonly minimumGroup?: number;
}

const settingsOf = (input: AuditInput & AuditOptions): AuditSettings => ({
  seed: input.seed,
  resamples: input.resamples ?? 1000,
  level: input.level ?? 0.95,
  minimumGroup: input.minimumGroup ?? 30,
  threshold: input.threshold ?? null,
});

const tooSmall = (people: number, minimum: number): Estimate => ({
  value: null,
  low: null,
  high: null,
  reason: `${people} people in all small groups together; at least ${minimum} are needed`,
});

const groupReport = (measured: Measured, group: number, { level, minimumGroup }: AuditSettings): GroupReport => {
  const { grouping, tallies } = measured;
  const people = grouping.people[group]!;
  const judged = grouping.judged[group]!;
  const estimate = (name: MetricName): Estimate =>
    judged ? withInterval(measured.metrics[group]![name], measured.resampledMetrics[group]![name], level) : tooSmall(people, minimumGroup);
  const metrics = Object.fromEntries(metricNames.map((name) => [name, estimate(name)])) as Record<MetricName, Estimate>;
  return { group: grouping.names[group]!, n: tallies[group]!.n, people, judged, metrics };
};

const attributeReport = (measured: Measured, settings: AuditSettings): AttributeReport => ({
  attribute: measured.grouping.attribute,
  groups: measured.grouping.names.map((_, group) => groupReport(measured, group, settings)),
  pooled: measured.grouping.pooled,
  gaps: Object.fromEntries(
    gapNames.map((name) => [name, withInterval(measured.gaps[name], measured.resampledGaps[name], settings.level)]),
  ) as Record<GapName, Estimate>,
});

/**
 * Audits a model's named learners and scores by group.
 *
 * Rates are shares of 1; intervals are percentile bootstraps by person; differences and ratios are Fairlearn's.
 * Groups with fewer people than `minimumGroup` are pooled, missing values are the group `not declared`.
 * The same input and seed give the same report. O(resamples × attributes × rows).
 *
 * @throws RangeError naming the entry that is wrong
 * @example auditFairness({ label, score, threshold: 0.5, groups: { sex }, person, seed: 1 }).attributes[0].groups[0].metrics.fnr
 */
export function auditFairness(input: AuditInput & AuditOptions): FairnessReport {
  const settings = settingsOf(input);
  const sample = readSample(input);
  const attributes = Object.entries(input.groups).map(([attribute, values]) => groupRows(attribute, values, sample, settings.minimumGroup));
  const [whole, ...parts] = measureGroupings(sample, [everyone(sample), ...attributes], byScore(sample), settings);
  return {
    version: 1,
    settings,
    overall: groupReport(whole!, 0, settings),
    attributes: parts.map((measured) => attributeReport(measured, settings)),
  };
}
