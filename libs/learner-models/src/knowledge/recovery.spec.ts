import { describe, expect, it } from '@jest/globals';
import { createRandom } from '../random.js';
import { fitItems, type Responses } from './item-response/fit-items.js';
import { historiesOf } from './histories.js';
import { minimise } from './regression/minimise.js';
import { fitSparseLogistic, SparseBuilder } from './regression/sparse-logistic.js';
import { bktCorrect, bktStep, fitBkt } from './tracing/bkt-em.js';

describe('knowledge tracing', () => {
  // Worked by hand from Corbett and Anderson (1995), equations 1 to 3, with L0 .4, T .1, G .2, S .1:
  // right: .4·.9 / (.4·.9 + .6·.2) = .75, then .75 + .25·.1 = .775; wrong: .04 / (.04 + .48) = 1/13, then 1/13 + 12/13·.1.
  const parameters = { known: 0.4, learn: 0.1, guess: 0.2, slip: 0.1 };

  it('updates as the paper says', () => {
    expect(bktStep(0.4, true, parameters)).toBeCloseTo(0.775, 12);
    expect(bktStep(0.4, false, parameters)).toBeCloseTo(1 / 13 + 1.2 / 13, 12);
    expect(bktCorrect(0.4, parameters)).toBeCloseTo(0.48, 12);
  });

  it('recovers the chances that made the answers', () => {
    const random = createRandom(3);
    const truth = { known: 0.3, learn: 0.15, guess: 0.2, slip: 0.08 };
    const sequences = Array.from({ length: 800 }, () => {
      let knows = random.uniform() < truth.known;
      return Uint8Array.from({ length: 15 }, () => {
        const right = random.uniform() < (knows ? 1 - truth.slip : truth.guess) ? 1 : 0;
        knows ||= random.uniform() < truth.learn;
        return right;
      });
    });
    const { parameters: found } = fitBkt(sequences, 60);
    for (const key of ['known', 'learn', 'guess', 'slip'] as const) expect(Math.abs(found[key] - truth[key])).toBeLessThan(0.05);
  });
});

describe('item response theory', () => {
  const simulate = (learners: number, items: number, seed: number, answered: number) => {
    const random = createRandom(seed);
    const difficulty = Float64Array.from({ length: items }, () => random.normal());
    const discrimination = Float64Array.from({ length: items }, () => Math.exp(0.3 * random.normal()));
    const responses = Array.from({ length: learners }, (): Responses => {
      const ability = random.normal();
      const chosen = Uint32Array.from({ length: items }, (_, item) => item).filter(() => random.uniform() < answered);
      const right = Uint8Array.from(chosen, (item) =>
        random.uniform() < 1 / (1 + Math.exp(-discrimination[item]! * (ability - difficulty[item]!))) ? 1 : 0,
      );
      return { items: chosen, right };
    });
    return { difficulty, discrimination, responses };
  };

  it('recovers difficulty and discrimination within their errors', () => {
    const { difficulty, discrimination, responses } = simulate(700, 12, 5, 1);
    const { items } = fitItems(responses, 12, true);
    const z = items.flatMap((item, at) => [
      (item.difficulty - difficulty[at]!) / item.difficultyError,
      (item.discrimination - discrimination[at]!) / item.discriminationError,
    ]);
    // Of 24 standardised errors about 1 lies beyond 2; the scale of abilities is estimated too, so a few more are granted.
    expect(z.filter((value) => Math.abs(value) > 2).length).toBeLessThanOrEqual(4);
    expect(Math.sqrt(z.reduce((sum, value) => sum + value ** 2, 0) / z.length)).toBeLessThan(1.4);
    for (const { infit, outfit } of items) {
      expect(Math.abs(infit - 0.9)).toBeLessThan(0.3);
      expect(Math.abs(outfit - 0.9)).toBeLessThan(0.5);
    }
  });

  it('keeps items that all or none got right finite', () => {
    const responses = Array.from({ length: 50 }, (_, k): Responses => ({
      items: Uint32Array.of(0, 1, 2),
      right: Uint8Array.of(1, 0, k % 2),
    }));
    const { items } = fitItems(responses, 3, true);
    expect(items[0]!.difficulty).toBeLessThan(items[2]!.difficulty);
    expect(items[1]!.difficulty).toBeGreaterThan(items[2]!.difficulty);
    for (const item of items) expect(Object.values(item).every(Number.isFinite)).toBe(true);
  });
});

describe('sparse logistic regression', () => {
  it('finds the minimum of a quadratic', () => {
    const { at } = minimise(
      (x, g) => {
        g[0] = 2 * (x[0]! - 3);
        g[1] = 20 * (x[1]! + 1);
        return (x[0]! - 3) ** 2 + 10 * (x[1]! + 1) ** 2;
      },
      new Float64Array(2),
      { tolerance: 1e-10 },
    );
    expect(at[0]).toBeCloseTo(3, 6);
    expect(at[1]).toBeCloseTo(-1, 6);
  });

  it('has no gradient left where it ends: each column’s errors balance its penalty', () => {
    const random = createRandom(11);
    const builder = new SparseBuilder();
    const rows = Array.from({ length: 3000 }, () => [random.integer(20), 20 + random.integer(5)] as const);
    const target = Uint8Array.from(rows, ([a, b]) => (random.uniform() < 1 / (1 + Math.exp(-(a / 10 - 1 + (b - 22) / 2))) ? 1 : 0));
    for (const [a, b] of rows) {
      builder.add(a, 1);
      builder.add(b, 0.5);
      builder.endRow();
    }
    const { intercept, weights } = fitSparseLogistic(builder.build(25), target, 2, 500);
    const gradient = weights.map((weight) => 2 * weight);
    rows.forEach(([a, b], row) => {
      const error = 1 / (1 + Math.exp(-(intercept + weights[a]! + 0.5 * weights[b]!))) - target[row]!;
      gradient[a]! += error;
      gradient[b]! += 0.5 * error;
    });
    for (const g of gradient) expect(Math.abs(g)).toBeLessThan(0.2);
  });
});

describe('histories', () => {
  it('make one answer of rows that tell it once per skill, so that the first cannot give the second away', () => {
    const row = { learner: 'a', item: 'i', at: 5, correct: true };
    const [learner] = historiesOf([
      { ...row, skill: 's' },
      { ...row, skill: 't' },
      { ...row, at: 4, item: 'j', skill: 's' },
    ]);
    expect(learner!.attempts).toEqual([
      { item: 'j', at: 4, correct: true, skills: ['s'] },
      { item: 'i', at: 5, correct: true, skills: ['s', 't'] },
    ]);
  });

  it('keep two answers to one item that were given in one second', () => {
    const row = { learner: 'a', item: 'i', at: 5, skill: 's' };
    expect(
      historiesOf([
        { ...row, correct: false },
        { ...row, correct: true },
      ])[0]!.attempts,
    ).toHaveLength(2);
  });
});
