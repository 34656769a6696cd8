import { probabilityOf } from '../../log-odds.js';
import { ModelError } from '../../model-error.js';
import { type Learned } from '../../risk-model.js';
import { checkHistories } from '../histories.js';
import { type Asked, type Attempt, type BatchKnowledgeModel, type LearnerAttempts } from '../knowledge-model.js';
import { emptyTrace, momentOf, remember, type Trace } from '../trace.js';
import { eachColumn, type RegressionKind, type Vocabulary, widthOf } from './designs.js';
import { fitSparseLogistic, SparseBuilder } from './sparse-logistic.js';

export interface LearnedRegression extends Learned {
  readonly kind: RegressionKind;
  readonly version: 1;
  readonly items: readonly string[];
  readonly skills: readonly string[];
  readonly intercept: number;
  readonly weights: readonly number[];
}

/** Regressions count answers alone: how an item went for others is in its own column. */
const NO_OFFSET = 0;

/**
 * Logistic regression on counts of practice: PFA, Best-LR or DAS3H, by sparse L-BFGS.
 *
 * @example new RegressionKnowledge('best-lr').fit(learners)
 */
export class RegressionKnowledge implements BatchKnowledgeModel<Trace> {
  #vocabulary: Vocabulary | undefined;
  #intercept = 0;
  #weights: Float64Array = new Float64Array();

  /** @param lambda strength of the penalty on the summed loss */
  constructor(
    readonly kind: RegressionKind,
    readonly lambda = 1,
  ) {
    if (!(lambda > 0)) throw new ModelError('bad-settings', 'lambda must be a positive number');
  }

  static fromLearned(learned: LearnedRegression): RegressionKnowledge {
    const model = new RegressionKnowledge(learned.kind);
    const vocabulary = { items: numbered(learned.items), skills: numbered(learned.skills) };
    if (learned.version !== 1 || learned.weights.length !== widthOf(learned.kind, vocabulary)) {
      throw new ModelError('bad-learned', `these are not values of ${learned.kind}`);
    }
    model.#vocabulary = vocabulary;
    model.#intercept = learned.intercept;
    model.#weights = Float64Array.from(learned.weights);
    return model;
  }

  fit(learners: readonly LearnerAttempts[]): this {
    const rows = checkHistories(learners);
    const vocabulary = vocabularyOf(learners);
    const builder = new SparseBuilder();
    const target = new Uint8Array(rows);
    const take = (column: number, value: number): void => builder.add(column, value);
    let row = 0;
    for (const { attempts } of learners) {
      let trace = emptyTrace();
      for (const attempt of attempts) {
        eachColumn(this.kind, vocabulary, trace, attempt, take);
        builder.endRow();
        target[row++] = attempt.correct ? 1 : 0;
        trace = remember(trace, attempt, NO_OFFSET);
      }
    }
    const { intercept, weights } = fitSparseLogistic(builder.build(widthOf(this.kind, vocabulary)), target, this.lambda);
    this.#vocabulary = vocabulary;
    this.#intercept = intercept;
    this.#weights = weights;
    return this;
  }

  start(): Trace {
    return emptyTrace();
  }

  update(trace: Trace, attempt: Attempt): Trace {
    return remember(trace, attempt, NO_OFFSET);
  }

  predict(trace: Trace, asked: Asked): number {
    if (!this.#vocabulary) throw new ModelError('not-fitted', `${this.kind} has not been fitted`);
    let logOdds = this.#intercept;
    const at = momentOf(trace, asked.at);
    eachColumn(this.kind, this.#vocabulary, trace, { ...asked, at }, (column, value) => (logOdds += this.#weights[column]! * value));
    return probabilityOf(logOdds);
  }

  toLearned(): LearnedRegression {
    if (!this.#vocabulary) throw new ModelError('not-fitted', `${this.kind} has not been fitted`);
    const { items, skills } = this.#vocabulary;
    return {
      kind: this.kind,
      version: 1,
      items: [...items.keys()],
      skills: [...skills.keys()],
      intercept: this.#intercept,
      weights: [...this.#weights],
    };
  }
}

/** Names in their own order, so that the order of learners changes nothing. */
function vocabularyOf(learners: readonly LearnerAttempts[]): Vocabulary {
  const items = new Set<string>();
  const skills = new Set<string>();
  for (const { attempts } of learners) {
    for (const attempt of attempts) {
      items.add(attempt.item);
      for (const skill of attempt.skills) skills.add(skill);
    }
  }
  return { items: numbered([...items].sort()), skills: numbered([...skills].sort()) };
}

const numbered = (names: readonly string[]): Map<string, number> => new Map(names.map((name, at) => [name, at]));
