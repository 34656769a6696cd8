import { type Learned } from '../risk-model.js';

/** What a learner is asked, and when. */
export interface Asked {
  readonly item: string;
  /** Skills that the item needs; empty where nobody said. Its own order means nothing. */
  readonly skills: readonly string[];
  /** Seconds since some origin, the same for all questions of a learner. */
  readonly at: number;
}

/** One answer: what was asked, and whether it was right. */
export interface Attempt extends Asked {
  readonly correct: boolean;
}

/** Answers of one learner, oldest first. */
export interface LearnerAttempts {
  readonly learner: string;
  readonly attempts: readonly Attempt[];
}

export type KnowledgeKind = 'elo' | 'bkt' | 'best-lr' | 'pfa' | 'das3h' | 'irt' | 'memory' | 'half-life' | 'boosted' | 'blend';

/**
 * The one shape of all models of knowledge. `S` is what is remembered of one learner, and of nobody else: items and skills are known
 * from the fit and stay as they are.
 *
 * @example
 * let state = model.start();
 * for (const attempt of attempts) state = model.update(state, attempt);
 * model.predict(state, { item: 'fractions-7', skills: ['fractions'], at: now }); // => 0.83
 */
export interface KnowledgeModel<S = unknown> {
  readonly kind: KnowledgeKind;
  /** Nothing is known of a newcomer. */
  start(): S;
  /**
   * What is known after one more answer. The state handed in is used up: read only the one that comes back. An answer that is older than the last
   * counts as given at the same moment as it.
   *
   * @throws ModelError 'bad-value' for a moment that is not a number
   */
  update(state: S, attempt: Attempt): S;
  /** The chance, inside (0, 1), that the next answer is right. Changes nothing. An item or skill never met gets what is usual. */
  predict(state: S, asked: Asked): number;
  /** Learned values as plain JSON. */
  toLearned(): Learned;
}

/** A model that learns items and skills from many learners, before it follows one. */
export interface BatchKnowledgeModel<S = unknown> extends KnowledgeModel<S> {
  /**
   * Learns from complete histories and returns itself. The order of learners does not matter.
   *
   * @throws ModelError 'too-few-rows' without answers, 'bad-value' for moments that are not numbers
   */
  fit(learners: readonly LearnerAttempts[]): this;
}
