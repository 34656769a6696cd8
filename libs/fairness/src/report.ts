import { type GapName } from './gaps/catalogue.js';
import { type MetricName } from './metrics/catalogue.js';
import { type Estimate } from './statistic.js';

/** One group's figures. */
export interface GroupReport {
  /** The group's name; `not declared` and `other (small groups)` are names too. */
  readonly group: string;
  readonly n: number;
  /** Different people behind the n rows. */
  readonly people: number;
  /** False where even the pool of small groups is too small: all metrics are then null and it takes no part in gaps and tests. */
  readonly judged: boolean;
  readonly metrics: Readonly<Record<MetricName, Estimate>>;
}

/** The figures of an attribute, or of the crossing of two. */
export interface AttributeReport {
  readonly attribute: string;
  readonly groups: readonly GroupReport[];
  /** Groups that had fewer people than the minimum and stand together as `other (small groups)`. */
  readonly pooled: readonly string[];
  readonly gaps: Readonly<Record<GapName, Estimate>>;
}

/** How the report was made; with the same data it gives the same report. */
export interface AuditSettings {
  readonly seed: number;
  readonly resamples: number;
  /** Share of resamples inside an interval. */
  readonly level: number;
  /** People below which a group is pooled. */
  readonly minimumGroup: number;
  readonly threshold: number | null;
}

/** A fairness audit. Plain JSON: every number is finite or null with its reason. Rates are shares of 1. */
export interface FairnessReport {
  readonly version: 1;
  readonly settings: AuditSettings;
  readonly overall: GroupReport;
  readonly attributes: readonly AttributeReport[];
}
