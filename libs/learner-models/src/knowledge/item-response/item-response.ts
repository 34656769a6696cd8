import { probabilityOf } from '../../log-odds.js';
import { ModelError } from '../../model-error.js';
import { type Learned } from '../../risk-model.js';
import { checkHistories } from '../histories.js';
import { type Asked, type Attempt, type BatchKnowledgeModel, type LearnerAttempts } from '../knowledge-model.js';
import { fitItems, type ItemParameters, type Responses } from './fit-items.js';
import { LOG_WEIGHTS, NODES, summarise } from './quadrature.js';

export interface LearnedItemResponse extends Learned {
  readonly kind: 'irt';
  readonly version: 1;
  readonly model: '1pl' | '2pl';
  readonly items: readonly (readonly [string, ItemParameters])[];
  /** Log-odds of an item never met, for average ability. */
  readonly unknown: number;
}

/** Log-weights over ability: where the learner may stand. */
export type ItemResponseState = Float64Array;

/** An ability in standard deviations of the learners of the fit, with its error. */
export interface Ability {
  readonly ability: number;
  readonly error: number;
}

/**
 * Item response theory, 1PL or 2PL: one steady ability, items that differ in difficulty and discrimination. Learned from each learner's first answer to each item.
 *
 * @example new ItemResponse('2pl').fit(learners).itemOf('fractions-7')?.difficulty
 */
export class ItemResponse implements BatchKnowledgeModel<ItemResponseState> {
  readonly kind = 'irt';
  #items: Map<string, ItemParameters> | undefined;
  #unknown = 0;

  constructor(readonly model: '1pl' | '2pl' = '2pl') {}

  static fromLearned(learned: LearnedItemResponse): ItemResponse {
    if (learned.kind !== 'irt' || learned.version !== 1)
      throw new ModelError('bad-learned', 'these are not values of item response theory');
    const model = new ItemResponse(learned.model);
    model.#items = new Map(learned.items);
    model.#unknown = learned.unknown;
    return model;
  }

  fit(learners: readonly LearnerAttempts[]): this {
    const rows = checkHistories(learners);
    const names = [...new Set(learners.flatMap(({ attempts }) => attempts.map(({ item }) => item)))].sort();
    const index = new Map(names.map((name, at) => [name, at]));
    const sorted = [...learners].sort((a, b) => (a.learner < b.learner ? -1 : 1));
    const { items } = fitItems(
      sorted.map((learner) => firstAnswers(learner, index)),
      names.length,
      this.model === '2pl',
    );
    this.#items = new Map(names.map((name, at) => [name, items[at]!]));
    const wins = learners.reduce((sum, { attempts }) => sum + attempts.filter(({ correct }) => correct).length, 0);
    this.#unknown = Math.log((wins + 1) / (rows - wins + 1));
    return this;
  }

  start(): ItemResponseState {
    return LOG_WEIGHTS.slice();
  }

  update(state: ItemResponseState, { item, correct, at }: Attempt): ItemResponseState {
    if (!Number.isFinite(at)) throw new ModelError('bad-value', `${at} is not a moment in seconds`);
    const [a, c] = this.#line(item);
    for (let k = 0; k < state.length; k++) {
      const x = a * NODES[k]! + c;
      state[k]! -= Math.log1p(Math.exp(correct ? -x : x));
    }
    return state;
  }

  predict(state: ItemResponseState, { item }: Asked): number {
    const [a, c] = this.#line(item);
    const weights = new Float64Array(NODES.length);
    summarise(state, weights);
    let p = 0;
    for (let k = 0; k < weights.length; k++) p += weights[k]! * probabilityOf(a * NODES[k]! + c);
    return Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, p));
  }

  /** Where the learner stands (mean of the posterior), and how sure that is. */
  abilityOf(state: ItemResponseState): Ability {
    const { mean, deviation } = summarise(state, new Float64Array(NODES.length));
    return { ability: mean, error: deviation };
  }

  /** What is known of an item; undefined where it was never met. */
  itemOf(item: string): ItemParameters | undefined {
    return this.#fitted().get(item);
  }

  toLearned(): LearnedItemResponse {
    return { kind: 'irt', version: 1, model: this.model, items: [...this.#fitted()], unknown: this.#unknown };
  }

  #line(item: string): readonly [slope: number, offset: number] {
    const known = this.#fitted().get(item);
    return known ? [known.discrimination, -known.discrimination * known.difficulty] : [1, this.#unknown];
  }

  #fitted(): Map<string, ItemParameters> {
    if (!this.#items) throw new ModelError('not-fitted', 'item response theory has not been fitted');
    return this.#items;
  }
}

function firstAnswers({ attempts }: LearnerAttempts, index: ReadonlyMap<string, number>): Responses {
  const first = new Map<number, number>();
  for (const { item, correct } of attempts) {
    const at = index.get(item)!;
    if (!first.has(at)) first.set(at, correct ? 1 : 0);
  }
  return { items: Uint32Array.from(first.keys()), right: Uint8Array.from(first.values()) };
}
