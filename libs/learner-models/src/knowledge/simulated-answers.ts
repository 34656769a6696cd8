import { probabilityOf } from '../log-odds.js';
import { createRandom } from '../random.js';
import { type LearnerAttempts } from './knowledge-model.js';

export interface SimulatedAnswers {
  readonly learners: number;
  readonly answers: number;
  readonly items: number;
  readonly skills: number;
  /** Draws the learners; the items are the same for every seed. */
  readonly seed: number;
}

/**
 * Answers of learners who differ in ability and learn with practice, to items that differ in difficulty; every fifth item needs two skills. For checks and benchmarks:
 * it shows that a model can learn, not how well it does on people.
 */
export function simulatedAnswers({ learners, answers, items, skills, seed }: SimulatedAnswers): LearnerAttempts[] {
  const world = createRandom(7);
  const random = createRandom(seed);
  const difficulty = Float64Array.from({ length: items }, () => 1.2 * world.normal());
  return Array.from({ length: learners }, (_, learner) => {
    const ability = 0.9 * random.normal();
    const practised = new Float64Array(skills);
    let at = 1_000_000 + random.integer(1000);
    const attempts = Array.from({ length: answers }, () => {
      const item = random.integer(items);
      const needed = item % 5 === 0 && skills > 1 ? [item % skills, (item + 1) % skills] : [item % skills];
      at += random.uniform() < 0.1 ? 86_400 * (1 + random.integer(5)) : 20 + random.integer(200);
      let x = ability - difficulty[item]!;
      for (const skill of needed) x += (0.25 * Math.log1p(practised[skill]!++)) / needed.length;
      return { item: `item-${item}`, skills: needed.map((skill) => `skill-${skill}`), at, correct: random.uniform() < probabilityOf(x) };
    });
    return { learner: `${learner + 1}`, attempts };
  });
}
