import { type FeatureSpec, type LearnerTable } from './learner-table.js';

export type ModelKind = 'rule' | 'logistic' | 'glass-box' | 'blend';

/** One addend of the log-odds: a feature, or two features that act together. */
export interface Term {
  /** Indices into the model's features: one, or two for a pair. */
  readonly features: readonly number[];
  /** The features' names, in the same order. */
  readonly names: readonly string[];
}

/** Learned values as plain JSON; `kind` says which model reads them. */
export interface Learned {
  readonly kind: string;
}

export interface PredictOptions {
  /** First row to score; 0 by default. Scoring in ranges bounds the memory that explanations take. */
  readonly from?: number;
  /** Row to stop before; all rows by default. */
  readonly to?: number;
  /** Whether to fill `contributions`; true by default. */
  readonly explain?: boolean;
}

/** Scores of a range of rows. Row 0 of each array is row `from` of the table. */
export interface Prediction {
  readonly rows: number;
  /** What the model adds for everyone. */
  readonly intercept: number;
  readonly terms: readonly Term[];
  /** The score to rank by. It is exactly `intercept` plus the row's contributions, added in the order of `terms`. */
  readonly logOdds: Float64Array;
  /** 1 / (1 + e^-logOdds), kept inside (0, 1). */
  readonly probability: Float64Array;
  /** One array per term, in log-odds; empty when not asked for. */
  readonly contributions: readonly Float64Array[];
}

/** Something that scores learners: a fitted model, with or without calibration. */
export interface RiskScorer {
  readonly kind: ModelKind;
  /** The features that `predict` expects, in order. Throws 'not-fitted' before a fit. */
  readonly features: readonly FeatureSpec[];
  readonly terms: readonly Term[];
  /** @throws ModelError 'not-fitted', 'features-differ', 'shape', 'bad-value' */
  predict(table: LearnerTable, options?: PredictOptions): Prediction;
  toLearned(): Learned;
}

/** The one shape of all risk models: settings in the constructor, data in `fit`, learned values apart, the seed explicit. */
export interface RiskModel extends RiskScorer {
  /** Learns from outcomes and returns itself. @throws ModelError as `asTraining` does */
  fit(table: LearnerTable): this;
}

/** The terms of a model without pairs. */
export function singleTerms(features: readonly FeatureSpec[]): Term[] {
  return features.map((feature, index) => ({ features: [index], names: [feature.name] }));
}
