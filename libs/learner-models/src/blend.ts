import { type FeatureSpec, type LearnerTable } from './learner-table.js';
import { additivePrediction } from './log-odds.js';
import { ModelError } from './model-error.js';
import {
  type Learned,
  type ModelKind,
  type Prediction,
  type PredictOptions,
  type RiskModel,
  type RiskScorer,
  type Term,
} from './risk-model.js';
import { rowRange } from './row-range.js';

/** Rows explained at a time: 80 terms of them take 6 MB. */
const BLOCK = 10_000;

export interface LearnedBlend extends Learned {
  readonly kind: 'blend';
  readonly version: 1;
  readonly models: readonly Learned[];
}

/** Where a member's term goes among the blend's. */
interface Merged {
  readonly terms: readonly Term[];
  /** Per member and term of it, the index of the blend's term. */
  readonly places: readonly (readonly number[])[];
}

/** Fitted models whose log-odds are averaged; what `RiskBlend` learns and what its learned values are restored to. */
export class BlendedScorer implements RiskScorer {
  readonly kind: ModelKind = 'blend';
  #merged: Merged | undefined;

  constructor(readonly models: readonly RiskScorer[]) {
    if (models.length === 0) throw new ModelError('bad-settings', 'a blend needs a model');
  }

  get features(): readonly FeatureSpec[] {
    return this.models[0]!.features;
  }

  get terms(): readonly Term[] {
    return this.#merge().terms;
  }

  predict(table: LearnerTable, options: PredictOptions = {}): Prediction {
    const { from, to } = rowRange(table, options);
    if (options.explain === false) return this.#inBlocks(table, from, to);
    const { terms, places } = this.#merge();
    const predictions = this.models.map((model) => model.predict(table, options));
    const share = 1 / predictions.length;
    const intercept = predictions.reduce((sum, prediction) => sum + share * prediction.intercept, 0);
    const contributions = terms.map(() => new Float64Array(to - from));
    predictions.forEach((prediction, member) => {
      prediction.contributions.forEach((values, term) => {
        const into = contributions[places[member]![term]!]!;
        for (let row = 0; row < into.length; row++) into[row]! += share * values[row]!;
      });
    });
    return additivePrediction(intercept, terms, contributions, to - from);
  }

  /** The same sums, with the contributions of one block of rows in memory at a time. */
  #inBlocks(table: LearnerTable, from: number, to: number): Prediction {
    const logOdds = new Float64Array(to - from);
    const probability = new Float64Array(to - from);
    let last = this.predict(table, { from, to: from });
    for (let start = from; start < to; start += BLOCK) {
      last = this.predict(table, { from: start, to: Math.min(to, start + BLOCK) });
      logOdds.set(last.logOdds, start - from);
      probability.set(last.probability, start - from);
    }
    return { ...last, rows: to - from, logOdds, probability, contributions: [] };
  }

  toLearned(): LearnedBlend {
    return { kind: 'blend', version: 1, models: this.models.map((model) => model.toLearned()) };
  }

  /** Terms are known after a fit only, and others after the next one. */
  protected forget(): void {
    this.#merged = undefined;
  }

  #merge(): Merged {
    if (this.#merged) return this.#merged;
    const terms: Term[] = [];
    const index = new Map<string, number>();
    const places = this.models.map((model) =>
      model.terms.map((term) => {
        const key = term.features.join(',');
        const known = index.get(key);
        if (known !== undefined) return known;
        index.set(key, terms.length);
        return terms.push(term) - 1;
      }),
    );
    return (this.#merged = { terms, places });
  }
}

/**
 * The mean of several additive models' log-odds: smooth lines and bent curves err differently, so their mean errs less (Clemen 1989). It stays
 * additive: each term adds the mean of what the members' terms of the same features add.
 *
 * @example new RiskBlend([new GlassBox({ seed: 1 }), new L2Logistic({ seed: 1 })]).fit(earlier).predict(now).contributions
 */
export class RiskBlend extends BlendedScorer implements RiskModel {
  readonly #members: readonly RiskModel[];

  constructor(members: readonly RiskModel[]) {
    super(members);
    this.#members = members;
  }

  /** @param restore as `restoreScorer`, which reads every kind */
  static fromLearned(learned: LearnedBlend, restore: (learned: Learned) => RiskScorer): RiskScorer {
    if (learned.kind !== 'blend' || learned.version !== 1) throw new ModelError('bad-learned', 'these are not values of a blend');
    return new BlendedScorer(learned.models.map(restore));
  }

  fit(table: LearnerTable): this {
    for (const member of this.#members) member.fit(table);
    this.forget();
    return this;
  }
}
