import { logOddsOf, probabilityOf } from '../../log-odds.js';
import { ModelError } from '../../model-error.js';
import { type Learned } from '../../risk-model.js';
import { checkHistories } from '../histories.js';
import { type Asked, type Attempt, type BatchKnowledgeModel, type LearnerAttempts } from '../knowledge-model.js';
import { bktCorrect, bktStep, type BktParameters, fitBkt } from './bkt-em.js';

export interface LearnedBkt extends Learned {
  readonly kind: 'bkt';
  readonly version: 1;
  /** What is usual over all skills: for a skill that is new or rare. */
  readonly usual: BktParameters;
  readonly skills: readonly (readonly [string, number, number, number, number])[];
}

/** The chance of knowing, per skill met. */
export type BktState = Map<string, number>;

/** The skill of items that have none. */
const NO_SKILL = '';
/** Learners that a skill needs for chances of its own: with fewer, the fit is noise. */
const ENOUGH_LEARNERS = 10;

/**
 * Bayesian knowledge tracing (Corbett and Anderson 1995), one tracer per skill. Of an item with several skills each is practised, and the log-odds of a right answer
 * are their mean.
 *
 * @example new Bkt().fit(learners)
 */
export class Bkt implements BatchKnowledgeModel<BktState> {
  readonly kind = 'bkt';
  #usual: BktParameters | undefined;
  readonly #skills = new Map<string, BktParameters>();

  static fromLearned(learned: LearnedBkt): Bkt {
    if (learned.kind !== 'bkt' || learned.version !== 1) throw new ModelError('bad-learned', 'these are not values of knowledge tracing');
    const model = new Bkt();
    model.#usual = { ...learned.usual };
    for (const [name, known, learn, guess, slip] of learned.skills) model.#skills.set(name, { known, learn, guess, slip });
    return model;
  }

  fit(learners: readonly LearnerAttempts[]): this {
    checkHistories(learners);
    const sequences = sequencesBySkill(learners);
    this.#skills.clear();
    this.#usual = fitBkt([...sequences.values()].flat()).parameters;
    for (const [skill, answers] of sequences) {
      if (answers.length >= ENOUGH_LEARNERS) this.#skills.set(skill, fitBkt(answers).parameters);
    }
    return this;
  }

  start(): BktState {
    return new Map();
  }

  update(state: BktState, { skills, correct, at }: Attempt): BktState {
    if (!Number.isFinite(at)) throw new ModelError('bad-value', `${at} is not a moment in seconds`);
    for (const skill of orNone(skills)) {
      const parameters = this.parametersOf(skill);
      state.set(skill, bktStep(state.get(skill) ?? parameters.known, correct, parameters));
    }
    return state;
  }

  predict(state: BktState, { skills }: Asked): number {
    const asked = orNone(skills);
    let logOdds = 0;
    for (const skill of asked) {
      const parameters = this.parametersOf(skill);
      logOdds += logOddsOf(bktCorrect(state.get(skill) ?? parameters.known, parameters));
    }
    return probabilityOf(logOdds / asked.length);
  }

  /** The chances of a skill, or what is usual. */
  parametersOf(skill: string): BktParameters {
    if (!this.#usual) throw new ModelError('not-fitted', 'knowledge tracing has not been fitted');
    return this.#skills.get(skill) ?? this.#usual;
  }

  toLearned(): LearnedBkt {
    if (!this.#usual) throw new ModelError('not-fitted', 'knowledge tracing has not been fitted');
    const skills = [...this.#skills].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      kind: 'bkt',
      version: 1,
      usual: this.#usual,
      skills: skills.map(([name, { known, learn, guess, slip }]) => [name, known, learn, guess, slip]),
    };
  }
}

const orNone = (skills: readonly string[]): readonly string[] => (skills.length > 0 ? skills : [NO_SKILL]);

/** Answers by skill, one sequence per learner, skills and learners in the order of their names, so that sums repeat. */
function sequencesBySkill(learners: readonly LearnerAttempts[]): Map<string, Uint8Array[]> {
  const found = new Map<string, Uint8Array[]>();
  for (const { attempts } of [...learners].sort((a, b) => (a.learner < b.learner ? -1 : 1))) {
    const own = new Map<string, number[]>();
    for (const { skills, correct } of attempts) {
      for (const skill of orNone(skills)) {
        const answers = own.get(skill);
        if (answers) answers.push(correct ? 1 : 0);
        else own.set(skill, [correct ? 1 : 0]);
      }
    }
    for (const [skill, answers] of own) {
      const all = found.get(skill);
      if (all) all.push(Uint8Array.from(answers));
      else found.set(skill, [Uint8Array.from(answers)]);
    }
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}
