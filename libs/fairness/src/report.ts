import { type GapName } from './gaps/catalogue.js';
import { type LeadTimeReport } from './lead-time/lead-time.js';
import { type MetricName } from './metrics/catalogue.js';
import { type Mitigation } from './mitigation/mitigations.js';
import { type AbrocaPair } from './significance/abroca-pairs.js';
import { type Chance } from './significance/chance.js';
import { type TestFamily } from './significance/test-family.js';
import { type Estimate } from './statistic.js';
import { type Verdict } from './verdict.js';

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

/** A gap between the groups of an attribute, beside the gap that chance alone would show: gaps between many small groups are never 0. */
export interface GapReport extends Estimate {
  readonly chance: Chance | null;
}

/** The figures of an attribute, or of the crossing of two. */
export interface AttributeReport {
  readonly attribute: string;
  readonly groups: readonly GroupReport[];
  /** Groups that had fewer people than the minimum and stand together as `other (small groups)`. */
  readonly pooled: readonly string[];
  readonly gaps: Readonly<Record<GapName, GapReport>>;
  /** Every pair of groups; empty for crossings, where pairs would be too many to read. */
  readonly abroca: readonly AbrocaPair[];
}

/** How the report was made; with the same data it gives the same report. */
export interface AuditSettings {
  readonly seed: number;
  readonly resamples: number;
  /** Share of resamples inside an interval. */
  readonly level: number;
  /** People below which a group is pooled. */
  readonly minimumGroup: number;
  readonly permutations: number;
  /** Share of false findings among the significant that is accepted. */
  readonly alpha: number;
  /** Resamples and permutations of the areas between ROC curves. */
  readonly abrocaRounds: number;
  readonly threshold: number | null;
}

/** A fairness audit. Plain JSON: every number is finite or null with its reason. Rates are shares of 1. */
export interface FairnessReport {
  readonly version: 1;
  readonly settings: AuditSettings;
  readonly overall: GroupReport;
  readonly attributes: readonly AttributeReport[];
  /** Crossings of two attributes: described, not tested. */
  readonly intersections: readonly AttributeReport[];
  /** The declared tests, the only place where significance is spoken of. */
  readonly family: TestFamily;
  /** The sentences of the audit, as data; `verdictText` puts them into words. */
  readonly verdicts: readonly Verdict[];
}

/** An audit as it is kept: the report, what could be changed, and how early learners were named (null: nothing is known of it). */
export interface AuditRecord extends FairnessReport {
  readonly mitigations?: readonly Mitigation[];
  readonly leadTimes?: LeadTimeReport | null;
}
