import { createRandom } from '../../random.js';
import { measure, type Measured } from '../../scoring.bench.js';
import { simulatedAnswers } from '../simulated-answers.js';
import { RegressionKnowledge } from './regression-knowledge.js';
import { fitSparseLogistic, SparseBuilder } from './sparse-logistic.js';

/** Best-LR on a million answers of 5,000 learners to 50,000 items of 300 skills, features and fit. */
export function benchSparseMillion(now: () => number): Measured {
  const learners = simulatedAnswers({ learners: 5000, answers: 200, items: 50_000, skills: 300, seed: 1 });
  return measure('Best-LR, 1,000,000 answers × 50,000 items', 60_000, now, () => new RegressionKnowledge('best-lr').fit(learners));
}

/** The solver alone: a million rows of eight numbers among 50,000 columns. */
export function benchSparseSolver(now: () => number): Measured {
  const random = createRandom(1);
  const builder = new SparseBuilder();
  const target = new Uint8Array(1_000_000);
  for (let row = 0; row < target.length; row++) {
    for (let k = 0; k < 8; k++) builder.add(random.integer(50_000), 1);
    builder.endRow();
    target[row] = random.integer(2);
  }
  const rows = builder.build(50_000);
  return measure('sparse logistic, 1,000,000 rows × 50,000 columns', 60_000, now, () => fitSparseLogistic(rows, target, 1));
}
