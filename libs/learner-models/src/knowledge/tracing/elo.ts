import { logOddsOf, probabilityOf } from '../../log-odds.js';
import { ModelError } from '../../model-error.js';
import { fitPlatt } from '../../platt.js';
import { type Learned } from '../../risk-model.js';
import { foretell, learnerFold } from '../evaluate-answers.js';
import { checkHistories, inTimeOrder } from '../histories.js';
import { type Asked, type Attempt, type BatchKnowledgeModel, type LearnerAttempts } from '../knowledge-model.js';

/** A rating and the number of answers behind it. */
type Rating = [value: number, answers: number];

/** Ratings of one learner: in all, per skill, and on items met, where the learner differs from what is usual on them. */
export interface EloState {
  readonly all: Rating;
  readonly skills: Map<string, Rating>;
  readonly items: Map<string, Rating>;
}

export interface EloSettings {
  /** Steps are first / (1 + fading × answers), never below `least`. */
  readonly learner: EloStep;
  readonly skill: EloStep;
  readonly item: EloStep;
  readonly ownItem: EloStep;
  readonly difficulty: EloStep;
}

interface EloStep {
  readonly first: number;
  readonly fading: number;
  readonly least: number;
}

export interface LearnedElo extends Learned {
  readonly kind: 'elo';
  readonly version: 1;
  readonly settings: EloSettings;
  readonly base: number;
  readonly items: readonly (readonly [string, number, number])[];
  readonly skills: readonly (readonly [string, number, number])[];
  readonly calibration: { readonly slope: number; readonly intercept: number };
}

const DEFAULTS: EloSettings = {
  learner: { first: 0.35, fading: 0.05, least: 0.03 },
  skill: { first: 0.5, fading: 0.15, least: 0.06 },
  item: { first: 1, fading: 0.25, least: 0.02 },
  ownItem: { first: 0.9, fading: 0.2, least: 0.1 },
  difficulty: { first: 0.3, fading: 0.02, least: 0.01 },
};

/**
 * Elo ratings with several skills (Pelánek 2016): the chance is 1 / (1 + e^-(learner + mean skill + item)), and each answer moves the ratings by what it says
 * beyond that chance, in steps that shorten. An item's rating stands on that of its skills, so that a new item starts at what is usual for them.
 *
 * `fit` follows all learners once, in the order of time, to rate items and skills, and draws a calibration line from learners held out of a second such pass;
 * afterwards items and skills stay as they are.
 *
 * @example new Elo().fit(learners).predict(state, asked)
 */
export class Elo implements BatchKnowledgeModel<EloState> {
  readonly kind = 'elo';
  readonly settings: EloSettings;
  #base: number | undefined;
  readonly #items = new Map<string, Rating>();
  readonly #skills = new Map<string, Rating>();
  #calibration = { slope: 1, intercept: 0 };

  constructor(settings: Partial<EloSettings> = {}) {
    this.settings = { ...DEFAULTS, ...settings };
  }

  static fromLearned(learned: LearnedElo): Elo {
    if (learned.kind !== 'elo' || learned.version !== 1) throw new ModelError('bad-learned', 'these are not values of Elo ratings');
    const model = new Elo(learned.settings);
    model.#base = learned.base;
    for (const [name, value, answers] of learned.items) model.#items.set(name, [value, answers]);
    for (const [name, value, answers] of learned.skills) model.#skills.set(name, [value, answers]);
    model.#calibration = { ...learned.calibration };
    return model;
  }

  fit(learners: readonly LearnerAttempts[]): this {
    checkHistories(learners);
    this.#calibration = { slope: 1, intercept: 0 };
    if (learners.length >= 5) {
      const { training, test } = learnerFold(learners, 0);
      this.#rate(training);
      const { score, target } = foretell(this, test);
      if (target.includes(0) && target.includes(1)) this.#calibration = fitPlatt(score.map(logOddsOf), target);
    }
    const calibration = this.#calibration;
    this.#calibration = { slope: 1, intercept: 0 };
    this.#rate(learners);
    this.#calibration = calibration;
    return this;
  }

  start(): EloState {
    return { all: [0, 0], skills: new Map(), items: new Map() };
  }

  update(state: EloState, attempt: Attempt): EloState {
    if (!Number.isFinite(attempt.at)) throw new ModelError('bad-value', `${attempt.at} is not a moment in seconds`);
    const { learner, skill, ownItem } = this.settings;
    const error = (attempt.correct ? 1 : 0) - probabilityOf(this.#logOdds(state, attempt));
    move(state.all, learner, error);
    for (const name of attempt.skills) move(ratingOf(state.skills, name), skill, error);
    move(ratingOf(state.items, attempt.item), ownItem, error);
    return state;
  }

  predict(state: EloState, asked: Asked): number {
    const { slope, intercept } = this.#calibration;
    return probabilityOf(intercept + slope * this.#logOdds(state, asked));
  }

  toLearned(): LearnedElo {
    return {
      kind: 'elo',
      version: 1,
      settings: this.settings,
      base: this.#fitted(),
      items: entries(this.#items),
      skills: entries(this.#skills),
      calibration: this.#calibration,
    };
  }

  #rate(learners: readonly LearnerAttempts[]): void {
    this.#items.clear();
    this.#skills.clear();
    const all = inTimeOrder(learners);
    const wins = all.reduce((sum, { attempt }) => sum + (attempt.correct ? 1 : 0), 0);
    this.#base = Math.log((wins + 1) / (all.length - wins + 1));
    const states = learners.map(() => this.start());
    const { item, difficulty } = this.settings;
    for (const { learner, attempt } of all) {
      const state = states[learner]!;
      const error = (attempt.correct ? 1 : 0) - probabilityOf(this.#logOdds(state, attempt));
      this.update(state, attempt);
      move(ratingOf(this.#items, attempt.item), item, error);
      for (const name of attempt.skills) move(ratingOf(this.#skills, name), difficulty, error);
    }
  }

  #logOdds(state: EloState, { item, skills }: Asked): number {
    let sum = 0;
    for (const name of skills) sum += (state.skills.get(name)?.[0] ?? 0) + (this.#skills.get(name)?.[0] ?? 0);
    const known = (this.#items.get(item)?.[0] ?? 0) + (state.items.get(item)?.[0] ?? 0);
    return this.#fitted() + state.all[0] + (skills.length > 0 ? sum / skills.length : 0) + known;
  }

  #fitted(): number {
    if (this.#base === undefined) throw new ModelError('not-fitted', 'Elo ratings have not been fitted');
    return this.#base;
  }
}

function move(rating: Rating, { first, fading, least }: EloStep, error: number): void {
  rating[0] += Math.max(least, first / (1 + fading * rating[1])) * error;
  rating[1]++;
}

function ratingOf(map: Map<string, Rating>, name: string): Rating {
  let rating = map.get(name);
  if (!rating) map.set(name, (rating = [0, 0]));
  return rating;
}

const entries = (map: ReadonlyMap<string, Rating>): [string, number, number][] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, [value, answers]]) => [name, value, answers]);
