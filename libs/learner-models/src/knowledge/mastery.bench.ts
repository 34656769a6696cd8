import { masteryOf } from './mastery.js';
import { simulatedAnswers } from './simulated-answers.js';
import { BoostedKnowledge } from './boosted/boosted-knowledge.js';
import { Elo } from './tracing/elo.js';

export interface MasteryFigures {
  /** Answers folded into mastery a second, with the ratings and with the boosted trees. */
  readonly elo: number;
  readonly boosted: number;
  /** JSON.parse of the same answers as statements of about 400 bytes, a second. */
  readonly parse: number;
}

/** How fast answers become mastery on one core, beside parsing them. */
export function benchMastery(now: () => number): MasteryFigures {
  const learners = simulatedAnswers({ learners: 1000, answers: 100, items: 500, skills: 40, seed: 1 });
  const answers = learners.reduce((sum, { attempts }) => sum + attempts.length, 0);
  const texts = learners.flatMap(({ learner, attempts }) =>
    attempts.map((attempt) => JSON.stringify({ learner, padding: 'x'.repeat(300), ...attempt })),
  );
  const perSecond = (work: () => void): number => {
    const from = now();
    work();
    return (answers / (now() - from)) * 1000;
  };
  const fold = (model: Elo | BoostedKnowledge): void => {
    for (const { attempts } of learners)
      masteryOf(
        attempts.map((attempt) => ({ ...attempt, version: '' })),
        () => model,
      );
  };
  const elo = new Elo().fit(learners.slice(0, 100));
  const boosted = new BoostedKnowledge({ rounds: 50 }).fit(learners.slice(0, 100));
  return {
    elo: perSecond(() => fold(elo)),
    boosted: perSecond(() => fold(boosted)),
    parse: perSecond(() => texts.forEach((text) => JSON.parse(text) as unknown)),
  };
}
