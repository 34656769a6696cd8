import { asTraining, checkSameFeatures, checkTable, type Column, type FeatureSpec, type LearnerTable } from './learner-table.js';
import { additivePrediction, logOddsOf, summedPrediction } from './log-odds.js';
import { ModelError } from './model-error.js';
import { fitPlatt } from './platt.js';
import { singleTerms, type Learned, type Prediction, type PredictOptions, type RiskModel, type Term } from './risk-model.js';
import { courseIndicators, pointsOf, type RiskIndicator } from './risk-indicators.js';
import { rowRange } from './row-range.js';

export interface RiskRuleSettings {
  readonly indicators: readonly RiskIndicator[];
  /** Log-odds at no points and per point while no outcomes are known; `fit` replaces both. */
  readonly assumed: { readonly intercept: number; readonly slope: number };
}

export interface LearnedRule extends Learned {
  readonly kind: 'rule';
  readonly version: 1;
  readonly features: readonly FeatureSpec[];
  readonly indicators: readonly RiskIndicator[];
  readonly intercept: number;
  readonly slope: number;
  /** Whether outcomes have been seen; if not, the probabilities are an assumption and must be called one. */
  readonly calibrated: boolean;
}

const DEFAULTS: RiskRuleSettings = { indicators: courseIndicators, assumed: { intercept: logOddsOf(0.2), slope: 0.5 } };

/**
 * The transparent rule that every other model has to beat: points for signs of risk, turned into a probability by Platt's method.
 * What is unknown gives no points. Features without an indicator contribute 0.
 *
 * @example new RiskRule({ indicators: districtIndicators }).fit(table).predict(table).contributions
 */
export class RiskRule implements RiskModel {
  readonly kind = 'rule';
  readonly settings: RiskRuleSettings;
  #learned: LearnedRule | undefined;

  constructor(settings: Partial<RiskRuleSettings> = {}) {
    this.settings = { ...DEFAULTS, ...settings };
    if (!(this.settings.assumed.slope > 0)) throw new ModelError('bad-settings', 'a point must raise the assumed risk');
    for (const { feature, steps } of this.settings.indicators) {
      if (steps.some(({ at, points }) => !Number.isFinite(at) || !(points >= 0 && points < Infinity))) {
        throw new ModelError('bad-settings', `indicator ${feature} needs finite thresholds and points of 0 or more`);
      }
    }
  }

  static fromLearned(learned: LearnedRule): RiskRule {
    if (learned.kind !== 'rule' || learned.version !== 1) throw new ModelError('bad-learned', 'these are not values of a rule');
    const model = new RiskRule({ indicators: learned.indicators });
    model.#learned = learned;
    return model;
  }

  get features(): readonly FeatureSpec[] {
    return this.#fitted().features;
  }

  get terms(): readonly Term[] {
    return singleTerms(this.features);
  }

  /** Takes the assumed odds, for a tenant without outcomes. @throws ModelError 'unknown-feature' */
  assume(features: readonly FeatureSpec[]): this {
    return this.#take(features, { ...this.settings.assumed, calibrated: false });
  }

  fit(table: LearnerTable): this {
    const training = asTraining(table);
    this.assume(training.features);
    const points = new Float64Array(training.rows);
    const values = new Float64Array(training.rows);
    training.columns.forEach((column, index) => {
      this.#fillPoints(column, training.features[index]!.name, 0, values);
      for (let row = 0; row < training.rows; row++) points[row]! += values[row]!;
    });
    const { slope, intercept } = fitPlatt(points, training.target, training.weight);
    // More points never mean less risk: where outcomes say otherwise the best admissible slope is 0, with everyone at the base rate.
    const platt = slope > 0 ? { slope, intercept } : { slope: 0, intercept: baseLogOdds(training.target, training.weight) };
    return this.#take(training.features, { ...platt, calibrated: true });
  }

  predict(table: LearnerTable, options: PredictOptions = {}): Prediction {
    const { features, intercept, slope } = this.#fitted();
    checkSameFeatures(features, table.features);
    const { from, to } = rowRange(table, options);
    checkTable(table, from, to);
    const fill = (index: number, into: Float64Array): void => {
      this.#fillPoints(table.columns[index]!, features[index]!.name, from, into);
      for (let row = 0; row < into.length; row++) into[row]! *= slope;
    };
    if (options.explain === false) return summedPrediction(intercept, this.terms, to - from, fill);
    const contributions = features.map((_, index) => {
      const values = new Float64Array(to - from);
      fill(index, values);
      return values;
    });
    return additivePrediction(intercept, this.terms, contributions, to - from);
  }

  toLearned(): LearnedRule {
    return this.#fitted();
  }

  #take(features: readonly FeatureSpec[], odds: Pick<LearnedRule, 'intercept' | 'slope' | 'calibrated'>): this {
    const { indicators } = this.settings;
    const unknown = indicators.find(({ feature }) => !features.some(({ name }) => name === feature));
    if (unknown) throw new ModelError('unknown-feature', `the rule asks for ${unknown.feature}, which the table does not have`);
    this.#learned = { kind: 'rule', version: 1, features: features.map((feature) => ({ ...feature })), indicators, ...odds };
    return this;
  }

  #fillPoints(column: Column, name: string, from: number, into: Float64Array): void {
    into.fill(0);
    for (const indicator of this.settings.indicators) {
      if (indicator.feature !== name) continue;
      for (let row = 0; row < into.length; row++) into[row]! += pointsOf(indicator, column[from + row]!);
    }
  }

  #fitted(): LearnedRule {
    if (!this.#learned) throw new ModelError('not-fitted', 'the rule has not been fitted, nor its odds assumed');
    return this.#learned;
  }
}

function baseLogOdds(target: Uint8Array, weight: Float64Array | undefined): number {
  let total = 0;
  let positive = 0;
  for (let row = 0; row < target.length; row++) {
    total += weight ? weight[row]! : 1;
    positive += (weight ? weight[row]! : 1) * target[row]!;
  }
  return logOddsOf(positive / total);
}
