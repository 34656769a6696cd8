import { asTraining, checkSameFeatures, checkTable, type FeatureSpec, type LearnerTable } from '../learner-table.js';
import { additivePrediction, summedPrediction } from '../log-odds.js';
import { ModelError } from '../model-error.js';
import { singleTerms, type Learned, type Prediction, type PredictOptions, type RiskModel, type Term } from '../risk-model.js';
import { rowRange } from '../row-range.js';
import { fitGlassBox } from './fit-glass-box.js';
import { pairCells } from './pair-cells.js';
import { fillBins } from './quantile-bins.js';
import { checkSettings, GLASS_BOX_DEFAULTS, type GlassBoxSettings } from './settings.js';

/** The curve of one feature: `values[0]` for absence, `values[k]` between cut k-1 and cut k. */
export interface FeatureCurve {
  readonly cuts: readonly number[];
  readonly values: readonly number[];
  /** The coarse bin of each bin, for the pairs that it is part of. */
  readonly coarse: readonly number[];
}

export interface LearnedGlassBox extends Learned {
  readonly kind: 'glass-box';
  readonly version: 1;
  readonly features: readonly FeatureSpec[];
  readonly intercept: number;
  readonly curves: readonly FeatureCurve[];
  /** Tables of 9 × 9 cells, row by row: coarse bins of the first feature by those of the second. */
  readonly pairs: readonly { readonly features: readonly [number, number]; readonly values: readonly number[] }[];
  readonly settings: GlassBoxSettings;
  readonly rounds: readonly { readonly features: number; readonly pairs: number }[];
}

/**
 * A boosted additive model: one curve per feature and a few chosen pairs, learned by cyclic boosting of small trees over quantile bins,
 * averaged over bags that stop on persons they have not seen (Lou, Caruana, Gehrke, Hooker 2013; Nori, Jenkins, Koch, Caruana 2019).
 * Everything it knows can be drawn; the log-odds are exactly the sum of what is drawn. O(bags × rounds × features × rows).
 *
 * @example new GlassBox({ seed: 1 }).fit(earlier).predict(now).contributions
 */
export class GlassBox implements RiskModel {
  readonly kind = 'glass-box';
  readonly settings: GlassBoxSettings;
  #learned: LearnedGlassBox | undefined;
  #tables: Float64Array[] = [];
  #cuts: Float64Array[] = [];
  #coarse: Uint8Array[] = [];
  #terms: readonly Term[] = [];

  constructor(settings: Partial<GlassBoxSettings> = {}) {
    this.settings = { ...GLASS_BOX_DEFAULTS, ...settings };
    checkSettings(this.settings);
  }

  static fromLearned(learned: LearnedGlassBox): GlassBox {
    if (learned.kind !== 'glass-box' || learned.version !== 1) throw new ModelError('bad-learned', 'these are not values of a glass box');
    return new GlassBox(learned.settings).#take(learned);
  }

  get features(): readonly FeatureSpec[] {
    return this.#fitted().features;
  }

  get terms(): readonly Term[] {
    this.#fitted();
    return this.#terms;
  }

  fit(table: LearnerTable): this {
    const training = asTraining(table, Math.max(5, this.settings.bags));
    const fitted = fitGlassBox(training, this.settings);
    return this.#take({
      kind: 'glass-box',
      version: 1,
      features: training.features.map((feature) => ({ ...feature })),
      intercept: fitted.intercept,
      curves: fitted.tables.map((values, at) => ({ cuts: [...fitted.cuts[at]!], values: [...values], coarse: [...fitted.coarse[at]!] })),
      pairs: fitted.pairs.map(({ features, table: values }) => ({ features, values: [...values] })),
      settings: this.settings,
      rounds: fitted.rounds,
    });
  }

  predict(table: LearnerTable, options: PredictOptions = {}): Prediction {
    const learned = this.#fitted();
    checkSameFeatures(learned.features, table.features);
    const { from, to } = rowRange(table, options);
    checkTable(table, from, to);
    const rows = to - from;
    const bins = table.columns.map((column, feature) => {
      const into = new Uint8Array(rows);
      fillBins(column, this.#cuts[feature]!, into, from);
      return into;
    });
    const fill = (index: number, into: Float64Array): void => lookUp(this.#tables[index]!, this.#cellsOf(index, bins), into);
    if (options.explain === false) return summedPrediction(learned.intercept, this.#terms, rows, fill);
    const contributions = this.#terms.map((_, index) => {
      const values = new Float64Array(rows);
      fill(index, values);
      return values;
    });
    return additivePrediction(learned.intercept, this.#terms, contributions, rows);
  }

  toLearned(): LearnedGlassBox {
    return this.#fitted();
  }

  #cellsOf(index: number, bins: readonly Uint8Array[]): Uint8Array {
    const [first, second] = this.#terms[index]!.features as [number, number?];
    if (second === undefined) return bins[first]!;
    return pairCells(bins[first]!, bins[second]!, this.#coarse[first]!, this.#coarse[second]!);
  }

  #take(learned: LearnedGlassBox): this {
    const { features, curves, pairs } = learned;
    this.#learned = learned;
    this.#cuts = curves.map(({ cuts }) => Float64Array.from(cuts));
    this.#coarse = curves.map(({ coarse }) => Uint8Array.from(coarse));
    this.#tables = [...curves, ...pairs].map(({ values }) => Float64Array.from(values));
    const pairTerms = pairs.map((pair) => ({ features: pair.features, names: pair.features.map((at) => features[at]!.name) }));
    this.#terms = [...singleTerms(features), ...pairTerms];
    return this;
  }

  #fitted(): LearnedGlassBox {
    if (!this.#learned) throw new ModelError('not-fitted', 'the glass box has not been fitted');
    return this.#learned;
  }
}

function lookUp(table: Float64Array, cells: Uint8Array, into: Float64Array): void {
  for (let row = 0; row < into.length; row++) into[row] = table[cells[row]!]!;
}
