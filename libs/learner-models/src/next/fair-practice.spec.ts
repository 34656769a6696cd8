import { describe, expect, it } from '@jest/globals';
import { createRandom } from '../random.js';
import { logisticFairness } from './logistic-dif.js';
import { type ComparedAnswer } from './mantel-haenszel.js';
import { type OfferedAnswer, offeredFairly } from './offered.js';

const group = (index: number) => (index % 2 === 0 ? ('reference' as const) : ('focal' as const));

describe('fair items by logistic regression', () => {
  const simulate = (harder: (stratum: number) => number, seed: number): ComparedAnswer[] => {
    const random = createRandom(seed);
    return Array.from({ length: 3000 }, (_, index) => {
      const stratum = random.integer(6);
      const odds = stratum - 2.5 - (group(index) === 'focal' ? harder(stratum) : 0);
      return { group: group(index), stratum, correct: random.uniform() < 1 / (1 + Math.exp(-odds)) };
    });
  };

  it('finds a planted item with its size, and one whose gap turns round with mastery', () => {
    const planted = logisticFairness(simulate(() => 0.8, 1));
    expect(planted).toMatchObject({ differs: true });
    expect(planted.uniform).toBeGreaterThan(0.5);
    expect(planted.uniform).toBeLessThan(1.1);
    const turning = logisticFairness(simulate((stratum) => 0.6 * (stratum - 2.5), 2));
    expect(turning.differs).toBe(true);
    expect(Math.abs(turning.uniform!)).toBeLessThan(0.3);
    expect(turning.nonUniform).toBeGreaterThan(0.3);
  });

  it('finds nothing where nothing is, about as often as a test at 5 % may be wrong', () => {
    const found = Array.from({ length: 60 }, (_, seed) => logisticFairness(simulate(() => 0, 100 + seed)).differs).filter(Boolean).length;
    expect(found).toBeLessThanOrEqual(8); // Binomial(60, .05) is above 8 in less than 1 of 200 such rows of tests
  });

  it('says that it cannot tell, where only one group or one outcome is', () => {
    const one = simulate(() => 0, 3).filter((answer) => answer.group === 'focal');
    for (const answers of [[], one, simulate(() => 0, 3).map((answer) => ({ ...answer, correct: true }))]) {
      expect(logisticFairness(answers)).toMatchObject({ differs: null, pValue: null });
    }
  });
});

describe('what groups are offered at equal mastery', () => {
  const simulate = (seed: number, harder: number, fewerNew: number): OfferedAnswer[] => {
    const random = createRandom(seed);
    return Array.from({ length: 4000 }, (_, index) => {
      const stratum = random.integer(4);
      const focal = group(index) === 'focal';
      // The focal group has less mastery here: without strata it would seem to be offered easier things.
      const own = focal && random.uniform() < 0.4 ? Math.max(0, stratum - 1) : stratum;
      const ease = Math.min(1, Math.max(0, 0.9 - 0.1 * own - (focal ? harder : 0) + 0.1 * random.normal()));
      return { group: group(index), stratum: own, ease, isNew: random.uniform() < 0.2 - (focal ? fewerNew : 0) };
    });
  };

  it('shows a steered group: harder things, or fewer new ones', () => {
    expect(offeredFairly(simulate(1, 0.1, 0)).ease).toMatchObject({ steered: true });
    expect(offeredFairly(simulate(1, 0.1, 0)).ease!.gap).toBeCloseTo(-0.1, 1);
    expect(offeredFairly(simulate(2, 0, 0.12)).fresh).toMatchObject({ steered: true });
    expect(offeredFairly(simulate(2, 0, 0.12)).ease).toMatchObject({ steered: false });
  });

  it('shows nothing where nothing is, in 40 districts, although one group knows less', () => {
    const found = Array.from({ length: 40 }, (_, seed) => offeredFairly(simulate(50 + seed, 0, 0)));
    expect(found.filter(({ ease, fresh }) => ease!.steered || fresh!.steered)).toEqual([]);
    expect(offeredFairly([])).toEqual({ answers: 0, ease: null, fresh: null });
  });
});
