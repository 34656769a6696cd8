import { asTraining, checkSameFeatures, checkTable, type FeatureSpec, type LearnerTable, type TrainingTable } from '../learner-table.js';
import { additivePrediction, summedPrediction } from '../log-odds.js';
import { ModelError } from '../model-error.js';
import { singleTerms, type Learned, type Prediction, type PredictOptions, type RiskModel, type Term } from '../risk-model.js';
import { rowRange } from '../row-range.js';
import { chooseLambda } from './choose-lambda.js';
import { designOf, signsOf, type ColumnScale } from './design.js';
import { minimiseFromSample } from './newton.js';

export interface L2LogisticSettings {
  /** Strength of the penalty on the summed loss (1/C of scikit-learn); a list is tried by cross-validation with whole persons. */
  readonly lambda: number | readonly number[];
  readonly folds: number;
  readonly seed: number;
}

/** A decade apart: the loss is flat around its best penalty. */
const DEFAULTS: L2LogisticSettings = { lambda: [0.1, 1, 10, 100, 1000], folds: 5, seed: 1 };

/** Per feature: what a standard deviation more adds, and what absence adds. */
interface FeatureEffect extends ColumnScale {
  readonly perDeviation: number;
  readonly whenMissing: number;
}

export interface LearnedLogistic extends Learned {
  readonly kind: 'logistic';
  readonly version: 1;
  readonly features: readonly FeatureSpec[];
  readonly intercept: number;
  readonly effects: readonly FeatureEffect[];
  readonly lambda: number;
  readonly seed: number;
}

/**
 * Logistic regression with a quadratic penalty on standardised features; an absent value counts as the mean and has an indicator of its own.
 * A feature that must be monotone keeps the sign of its coefficient.
 *
 * Minimises sum of log losses + lambda/2 |coefficients|² by Newton's method; the intercept is not penalised. O(steps × rows × features).
 *
 * @example new L2Logistic({ seed: 1 }).fit(table).predict(later).probability
 */
export class L2Logistic implements RiskModel {
  readonly kind = 'logistic';
  readonly settings: L2LogisticSettings;
  #learned: LearnedLogistic | undefined;

  constructor(settings: Partial<L2LogisticSettings> = {}) {
    this.settings = { ...DEFAULTS, ...settings };
    const tried = [this.settings.lambda].flat();
    if (tried.length === 0 || tried.some((lambda) => !(lambda > 0 && lambda < Infinity))) {
      throw new ModelError('bad-settings', 'lambda must be a positive number or a list of them');
    }
  }

  static fromLearned(learned: LearnedLogistic): L2Logistic {
    if (learned.kind !== 'logistic' || learned.version !== 1)
      throw new ModelError('bad-learned', 'these are not values of a logistic model');
    const model = new L2Logistic({ lambda: learned.lambda, seed: learned.seed });
    model.#learned = learned;
    return model;
  }

  get features(): readonly FeatureSpec[] {
    return this.#fitted().features;
  }

  get terms(): readonly Term[] {
    return singleTerms(this.features);
  }

  fit(table: LearnerTable): this {
    const training = asTraining(table);
    const { lambda: asked, folds, seed } = this.settings;
    const lambda = typeof asked === 'number' ? asked : chooseLambda(training, asked, folds, seed);
    const fitted = fitEffects(training, lambda);
    this.#learned = {
      kind: 'logistic',
      version: 1,
      features: training.features.map((feature) => ({ ...feature })),
      ...fitted,
      lambda,
      seed,
    };
    return this;
  }

  predict(table: LearnerTable, options: PredictOptions = {}): Prediction {
    const learned = this.#fitted();
    checkSameFeatures(learned.features, table.features);
    const { from, to } = rowRange(table, options);
    checkTable(table, from, to);
    const rows = to - from;
    const fill = (index: number, into: Float64Array): void => fillEffect(learned.effects[index]!, table, index, from, into);
    if (options.explain === false) return summedPrediction(learned.intercept, this.terms, rows, fill);
    const contributions = learned.effects.map((_, index) => {
      const values = new Float64Array(rows);
      fill(index, values);
      return values;
    });
    return additivePrediction(learned.intercept, this.terms, contributions, rows);
  }

  toLearned(): LearnedLogistic {
    return this.#fitted();
  }

  #fitted(): LearnedLogistic {
    if (!this.#learned) throw new ModelError('not-fitted', 'the logistic model has not been fitted');
    return this.#learned;
  }
}

function fitEffects(training: TrainingTable, lambda: number): Pick<LearnedLogistic, 'intercept' | 'effects'> {
  const design = designOf(training);
  const { coefficients, converged, steps } = minimiseFromSample(design, lambda, signsOf(design));
  if (!converged) throw new ModelError('bad-value', `the logistic fit did not settle in ${steps} steps`);
  const effects = design.scales.map((scale) => ({ ...scale, perDeviation: 0, whenMissing: 0 }));
  design.predictors.forEach(({ feature, indicator }, p) => {
    effects[feature]![indicator ? 'whenMissing' : 'perDeviation'] = coefficients[p + 1]!;
  });
  return { intercept: coefficients[0]!, effects };
}

function fillEffect(effect: FeatureEffect, table: LearnerTable, index: number, from: number, into: Float64Array): void {
  const column = table.columns[index]!;
  const slope = effect.deviation > 0 ? effect.perDeviation / effect.deviation : 0;
  const absent = effect.whenMissing * (1 - effect.missing);
  const present = -effect.whenMissing * effect.missing;
  for (let row = 0; row < into.length; row++) {
    const value = column[from + row]!;
    into[row] = value === value ? (value - effect.mean) * slope + present : absent;
  }
}
