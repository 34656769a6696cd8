import { describe, expect, it } from '@jest/globals';
import { groupRows } from '../grouping.js';
import { randomFrom } from '../random.js';
import { readSample } from '../sample.js';
import { permuteGroups } from './permutation.js';
import { type GroupTest, testFamily } from './test-family.js';

const PERMUTATIONS = 99;

interface World {
  readonly people: number;
  /** By how much less the model finds those of group b who have the outcome. */
  readonly gap: number;
  /** Base rate of group b; of the others .4. A difference here is no fault of the model. */
  readonly baseRate?: number;
  /** Rows per person, alike within a person. */
  readonly rows?: number;
}

/** Tests of one simulated world in which group b is 30 % of the people. */
const testsOf = ({ people, gap, baseRate = 0.4, rows = 1 }: World, seed: number): readonly GroupTest[] => {
  const random = randomFrom(seed);
  const label: number[] = [];
  const flagged: number[] = [];
  const group: string[] = [];
  const person: number[] = [];
  for (let who = 0; who < people; who++) {
    const own = random() < 0.3 ? 'b' : random() < 0.5 ? 'a' : 'c';
    const outcome = random() < (own === 'b' ? baseRate : 0.4) ? 1 : 0;
    const named = random() < (outcome === 1 ? 0.6 - (own === 'b' ? gap : 0) : 0.2) ? 1 : 0;
    for (let row = Math.floor(random() * rows); row < rows; row++) {
      label.push(outcome);
      flagged.push(random() < 0.9 ? named : 1 - named);
      group.push(own);
      person.push(who);
    }
  }
  const sample = readSample({ label, flagged, score: flagged, groups: {}, person });
  const grouping = groupRows('letter', group, sample, 10);
  return testFamily(permuteGroups(sample, [grouping], PERMUTATIONS, randomFrom(seed + 1e6)), PERMUTATIONS, 0.05).tests;
};

const worlds = (world: World, count: number): (readonly GroupTest[])[] => Array.from({ length: count }, (_, seed) => testsOf(world, seed));
const shareOf = (tests: readonly GroupTest[], holds: (test: GroupTest) => boolean): number => tests.filter(holds).length / tests.length;

describe('worlds without a gap', () => {
  it.each([
    ['one row a person', { people: 300, gap: 0 }],
    ['several rows a person, alike', { people: 200, gap: 0, rows: 4 }],
  ])('raise a false alarm in one test of twenty, and in one family of twenty: %s', (_, world) => {
    const families = worlds(world, 150);
    const alone = shareOf(families.flat(), ({ p }) => p <= 0.05);
    expect(alone).toBeGreaterThan(0.035);
    expect(alone).toBeLessThan(0.065);
    const anyOf = families.filter((tests) => tests.some(({ significant }) => significant)).length / families.length;
    expect(anyOf).toBeLessThan(0.09);
  });

  it('would raise many, if rows of one person were taken for different people', () => {
    const people = worlds({ people: 150, gap: 0, rows: 6 }, 60).flat();
    // the same worlds judged by the usual two-proportion test over rows, to show that the permutation by person is needed
    const naive = shareOf(people, ({ rate, rest, n, nRest }) => {
      const pooled = (rate * n + rest * nRest) / (n + nRest);
      return Math.abs(rate - rest) > 1.96 * Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / nRest));
    });
    expect(naive).toBeGreaterThan(0.15);
    expect(shareOf(people, ({ p }) => p <= 0.05)).toBeLessThan(0.09);
  });

  it('take different base rates for no gap in TPR and FPR', () => {
    const tests = worlds({ people: 300, gap: 0, baseRate: 0.7 }, 100).flat();
    const within = tests.filter(({ metric }) => metric === 'tpr' || metric === 'fpr');
    expect(shareOf(within, ({ p }) => p <= 0.05)).toBeLessThan(0.08);
    const selection = tests.filter(({ metric, group }) => metric === 'selectionRate' && group === 'b');
    // a gap of .096 with a spread of .063 is found by one test of three
    expect(shareOf(selection, ({ p }) => p <= 0.05)).toBeGreaterThan(0.2);
  });
});

describe('worlds with a gap of the size that the test names as its smallest', () => {
  it('show it four times of five', () => {
    const ofB = ({ metric, group }: GroupTest): boolean => metric === 'tpr' && group === 'b';
    const quiet = worlds({ people: 500, gap: 0 }, 20).flat().filter(ofB);
    const smallest = quiet.reduce((sum, test) => sum + test.smallestGap, 0) / quiet.length;
    // nine of ten flags are kept, the others turned: a planted gap is seen at .8 of its size
    const tests = worlds({ people: 500, gap: smallest / 0.8 }, 100).flat().filter(ofB);
    const power = shareOf(tests, ({ p }) => p <= 0.05);
    expect(power).toBeGreaterThan(0.72);
    expect(power).toBeLessThan(0.88);
    expect(Math.abs(tests.reduce((sum, { difference }) => sum + difference, 0) / tests.length + smallest)).toBeLessThan(0.01);
  });
});
