import { probabilityOf } from '../../log-odds.js';
import { ModelError } from '../../model-error.js';
import { type Learned } from '../../risk-model.js';
import { checkHistories } from '../histories.js';
import { ItemHistory, type LearnedHistory } from '../item-history.js';
import { type Asked, type Attempt, type BatchKnowledgeModel, type LearnerAttempts } from '../knowledge-model.js';
import { itemLogOdds, RUNNING_FEATURES, runningFeatures } from '../running-features.js';
import { emptyTrace, remember, type Trace } from '../trace.js';
import { boostTrees, type BoostTreesSettings, type Forest, forestLogOdds } from './boost-trees.js';

export interface LearnedBoosted extends Learned {
  readonly kind: 'boosted';
  readonly version: 1;
  readonly history: LearnedHistory;
  readonly intercept: number;
  readonly cuts: readonly (readonly number[])[];
  readonly trees: readonly (readonly (readonly number[])[])[];
}

const DEFAULTS: BoostTreesSettings = {
  rounds: 300,
  learningRate: 0.05,
  leaves: 12,
  minRows: 100,
  lambda: 5,
  rowShare: 0.6,
  featureShare: 0.5,
  bags: 2,
  seed: 1,
};

/**
 * Boosted trees on running features: how items and skills went for others, and this learner's rates, surprises, recency, pauses and last answers.
 *
 * @example new BoostedKnowledge({ seed: 1 }).fit(learners)
 */
export class BoostedKnowledge implements BatchKnowledgeModel<Trace> {
  readonly kind = 'boosted';
  readonly settings: BoostTreesSettings;
  #history: ItemHistory | undefined;
  #forest: Forest | undefined;
  readonly #features = new Float64Array(RUNNING_FEATURES);
  readonly #bins = new Uint8Array(RUNNING_FEATURES);

  constructor(settings: Partial<BoostTreesSettings> = {}) {
    this.settings = { ...DEFAULTS, ...settings };
  }

  static fromLearned(learned: LearnedBoosted): BoostedKnowledge {
    if (learned.kind !== 'boosted' || learned.version !== 1) throw new ModelError('bad-learned', 'these are not values of boosted trees');
    const model = new BoostedKnowledge();
    model.#history = ItemHistory.fromLearned(learned.history);
    model.#forest = {
      intercept: learned.intercept,
      cuts: learned.cuts.map((cuts) => Float64Array.from(cuts)),
      trees: learned.trees.map(([feature = [], cut = [], left = [], right = [], value = []]) => ({
        feature: Int16Array.from(feature),
        cut: Uint8Array.from(cut),
        left: Int16Array.from(left),
        right: Int16Array.from(right),
        value: Float64Array.from(value),
      })),
    };
    return model;
  }

  fit(learners: readonly LearnerAttempts[]): this {
    const rows = checkHistories(learners);
    const history = ItemHistory.of(learners);
    // Sampling of rows is seeded by their place: learners are put in an order of their own.
    const sorted = [...learners].sort((a, b) => (a.learner < b.learner ? -1 : 1));
    const { columns, target } = featureColumns(sorted, history, rows);
    this.#forest = boostTrees(columns, target, this.settings);
    this.#history = history;
    return this;
  }

  start(): Trace {
    return emptyTrace();
  }

  update(trace: Trace, attempt: Attempt): Trace {
    return remember(trace, attempt, itemLogOdds(this.#fitted().history, attempt));
  }

  predict(trace: Trace, asked: Asked): number {
    const { history, forest } = this.#fitted();
    runningFeatures(trace, asked, history, this.#features);
    return probabilityOf(forestLogOdds(forest, this.#features, this.#bins));
  }

  toLearned(): LearnedBoosted {
    const { history, forest } = this.#fitted();
    return {
      kind: 'boosted',
      version: 1,
      history: history.toLearned(),
      intercept: forest.intercept,
      cuts: forest.cuts.map((cuts) => [...cuts]),
      trees: forest.trees.map(({ feature, cut, left, right, value }) => [[...feature], [...cut], [...left], [...right], [...value]]),
    };
  }

  #fitted(): { history: ItemHistory; forest: Forest } {
    if (!this.#history || !this.#forest) throw new ModelError('not-fitted', 'the boosted model has not been fitted');
    return { history: this.#history, forest: this.#forest };
  }
}

/** Running features before each answer, each learner seen with the history of the others alone: as a learner of the future will be. */
export function featureColumns(
  learners: readonly LearnerAttempts[],
  history: ItemHistory,
  rows: number,
): { columns: Float64Array[]; target: Uint8Array } {
  const columns = Array.from({ length: RUNNING_FEATURES }, () => new Float64Array(rows));
  const target = new Uint8Array(rows);
  const features = new Float64Array(RUNNING_FEATURES);
  let row = 0;
  for (const learner of learners) {
    const own = ItemHistory.of([learner]);
    let trace = emptyTrace();
    for (const attempt of learner.attempts) {
      runningFeatures(trace, attempt, history, features, 0, own);
      for (let f = 0; f < RUNNING_FEATURES; f++) columns[f]![row] = features[f]!;
      target[row++] = attempt.correct ? 1 : 0;
      trace = remember(trace, attempt, itemLogOdds(history, attempt, own));
    }
  }
  return { columns, target };
}
