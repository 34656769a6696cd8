import { logOddsOf, probabilityOf } from '../log-odds.js';
import { type Learned } from '../risk-model.js';
import { type Asked, type Attempt, type BatchKnowledgeModel, type LearnerAttempts } from './knowledge-model.js';

export interface LearnedBlend extends Learned {
  readonly kind: 'blend';
  readonly version: 1;
  readonly members: readonly Learned[];
  readonly weights: readonly number[];
}

/** Several models as one: the weighted mean of their log-odds. What one overlooks another may see, and errors that differ cancel out. */
export class Blend implements BatchKnowledgeModel<unknown[]> {
  readonly kind = 'blend';

  /** @param weights one per member, adding up to 1 */
  constructor(
    readonly members: readonly BatchKnowledgeModel[],
    readonly weights: readonly number[],
  ) {}

  fit(learners: readonly LearnerAttempts[]): this {
    for (const member of this.members) member.fit(learners);
    return this;
  }

  start(): unknown[] {
    return this.members.map((member) => member.start());
  }

  update(states: unknown[], attempt: Attempt): unknown[] {
    return this.members.map((member, at) => member.update(states[at], attempt));
  }

  predict(states: unknown[], asked: Asked): number {
    let logOdds = 0;
    for (let at = 0; at < this.members.length; at++) logOdds += this.weights[at]! * logOddsOf(this.members[at]!.predict(states[at], asked));
    return probabilityOf(logOdds);
  }

  toLearned(): LearnedBlend {
    return { kind: 'blend', version: 1, members: this.members.map((member) => member.toLearned()), weights: this.weights };
  }
}
