import { fsrs, type FSRSState, Rating } from 'ts-fsrs';
import { logOddsOf, probabilityOf } from '../../log-odds.js';
import { ModelError } from '../../model-error.js';
import { fitPlatt, type Platt } from '../../platt.js';
import { type Learned } from '../../risk-model.js';
import { checkHistories } from '../histories.js';
import { ItemHistory, type LearnedHistory } from '../item-history.js';
import { type Asked, type Attempt, type BatchKnowledgeModel, type LearnerAttempts } from '../knowledge-model.js';

/** The memory of one skill, and when it was last used. */
export interface Memory extends FSRSState {
  readonly at: number;
}

export type SpacedState = Map<string, Memory>;

export interface LearnedSpaced extends Learned {
  readonly kind: 'memory';
  readonly version: 1;
  readonly history: LearnedHistory;
  readonly line: Platt;
}

const DAY = 86_400;
const scheduler = fsrs({ enable_fuzz: false });

/** The memory of a skill after an answer: a right one counts as "good", a wrong one as "again". An answer from before the last counts as of the same moment. */
export function afterAnswer(memory: Memory | undefined, correct: boolean, at: number): Memory {
  const elapsed = memory ? Math.max(0, at - memory.at) / DAY : 0;
  const { stability, difficulty } = scheduler.next_state(memory ?? null, elapsed, correct ? Rating.Good : Rating.Again);
  return { stability, difficulty, at: memory ? Math.max(at, memory.at) : at };
}

/** The chance that the skill is still there. */
export function retrievability({ stability, at: last }: Memory, at: number): number {
  return scheduler.forgetting_curve(Math.max(0, at - last) / DAY, stability);
}

/** Seconds from the last practice until the chance of remembering has fallen to `retention`; at least one day. */
export function reviewAfter(memory: Memory, retention: number): number {
  const curve = (days: number): number => scheduler.forgetting_curve(days, memory.stability);
  let high = 1;
  while (curve(high) > retention && high < 36_500) high *= 2;
  let low = 0;
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (curve(middle) > retention) low = middle;
    else high = middle;
  }
  return Math.max(1, low) * DAY;
}

/**
 * FSRS, the spacing of reviews by stability and difficulty of memory (Ye, Su and Cao 2022; the library `ts-fsrs` with its published parameters), per skill. A skill that was never
 * practised gets its usual rate; otherwise the chance is a line, learned in the fit, over the log-odds of remembering and of the item.
 *
 * @example new SpacedMemory().fit(learners)
 */
export class SpacedMemory implements BatchKnowledgeModel<SpacedState> {
  readonly kind = 'memory';
  #history: ItemHistory | undefined;
  #line: Platt = { slope: 1, intercept: 0 };

  static fromLearned(learned: LearnedSpaced): SpacedMemory {
    if (learned.kind !== 'memory' || learned.version !== 1) throw new ModelError('bad-learned', 'these are not values of a memory');
    const model = new SpacedMemory();
    model.#history = ItemHistory.fromLearned(learned.history);
    model.#line = { ...learned.line };
    return model;
  }

  fit(learners: readonly LearnerAttempts[]): this {
    checkHistories(learners);
    this.#history = ItemHistory.of(learners);
    const scores: number[] = [];
    const target: number[] = [];
    for (const learner of [...learners].sort((a, b) => (a.learner < b.learner ? -1 : 1))) {
      const own = ItemHistory.of([learner]);
      let state = this.start();
      for (const attempt of learner.attempts) {
        const score = this.#score(state, attempt, own);
        if (score !== undefined) {
          scores.push(score);
          target.push(attempt.correct ? 1 : 0);
        }
        state = this.update(state, attempt);
      }
    }
    this.#line =
      target.includes(1) && target.includes(0) ? fitPlatt(Float64Array.from(scores), Uint8Array.from(target)) : { slope: 1, intercept: 0 };
    return this;
  }

  start(): SpacedState {
    return new Map();
  }

  update(state: SpacedState, { skills, correct, at }: Attempt): SpacedState {
    if (!Number.isFinite(at)) throw new ModelError('bad-value', `${at} is not a moment in seconds`);
    for (const skill of skills) state.set(skill, afterAnswer(state.get(skill), correct, at));
    return state;
  }

  predict(state: SpacedState, asked: Asked): number {
    const score = this.#score(state, asked);
    if (score === undefined) return this.#fitted().rates(asked).item;
    return probabilityOf(this.#line.intercept + this.#line.slope * score);
  }

  toLearned(): LearnedSpaced {
    return { kind: 'memory', version: 1, history: this.#fitted().toLearned(), line: this.#line };
  }

  /** Log-odds of remembering all skills met and of the item; undefined where none was met. */
  #score(state: SpacedState, asked: Asked, without?: ItemHistory): number | undefined {
    let sum = 0;
    let met = 0;
    for (const skill of asked.skills) {
      const memory = state.get(skill);
      if (!memory) continue;
      met++;
      sum += logOddsOf(Math.min(0.999, Math.max(0.001, retrievability(memory, asked.at))));
    }
    return met === 0 ? undefined : sum / met + logOddsOf(this.#fitted().rates(asked, without).item);
  }

  #fitted(): ItemHistory {
    if (!this.#history) throw new ModelError('not-fitted', 'the memory has not been fitted');
    return this.#history;
  }
}
