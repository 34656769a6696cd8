import { Elo } from './tracing/elo.js';

/** Name of the version that holds until a model was fitted. */
export const PRIOR = 'prior';

/** Log odds of a right answer by somebody of whom nothing is known to an item of usual difficulty: six in ten. */
const BASE = Math.log(0.6 / 0.4);

/**
 * Elo ratings that nobody's answers were learned from: they follow a learner from the first answer on, with what authors say of an item's
 * difficulty. All of them remember alike, so each answer may be read with the one of its own item.
 *
 * @param difficulty log odds by which the item is harder (positive) or easier than usual
 * @example priorKnowledge('sum-7', 0.5).predict(state, { item: 'sum-7', skills: ['add'], at: 0 })
 */
export function priorKnowledge(item: string, difficulty: number): Elo {
  const { settings } = new Elo();
  return Elo.fromLearned({
    kind: 'elo',
    version: 1,
    settings,
    base: BASE,
    items: [[item, -difficulty, 0]],
    skills: [],
    calibration: { slope: 1, intercept: 0 },
  });
}
