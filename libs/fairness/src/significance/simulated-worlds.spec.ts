import { describe, expect, it } from '@jest/globals';
import { groupRows } from '../grouping.js';
import { auditFairness } from '../index.js';
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
const testsOf = ({ people, gap, baseRate = 0.4, rows = 1 }: World, seed: number, permutations = PERMUTATIONS): readonly GroupTest[] => {
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
  return testFamily(permuteGroups(sample, [grouping], permutations, randomFrom(seed + 1e6)), permutations, 0.05).tests;
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

describe('what chance alone would show', () => {
  it('is passed once in twenty by the gaps and areas of worlds without a gap, and half of the time by its median', () => {
    const found = Array.from({ length: 60 }, (_, seed) => {
      const random = randomFrom(seed + 500);
      const score = Float64Array.from({ length: 240 }, () => random());
      const groups = { letter: Array.from(score, () => 'abc'.charAt(Math.floor(random() * 3))) };
      const label = Uint8Array.from(score, (risk) => (random() < risk ? 1 : 0));
      const report = auditFairness({
        label,
        score,
        threshold: 0.6,
        groups,
        person: [...score.keys()],
        seed,
        resamples: 2,
        permutations: 199,
        abrocaRounds: 99,
        minimumGroup: 10,
      });
      const { gaps, abroca } = report.attributes[0]!;
      return [gaps.demographicParityDifference, gaps.equalOpportunityDifference, ...abroca].map(({ value, chance }) => ({
        extreme: value! > chance!.extreme,
        median: value! > chance!.median,
      }));
    }).flat();
    const share = (of: 'extreme' | 'median'): number => found.filter((one) => one[of]).length / found.length;
    // 300 of them, those of one world alike: 5 of 100 stray by about 2
    expect(share('extreme')).toBeGreaterThan(0.01);
    expect(share('extreme')).toBeLessThan(0.1);
    expect(share('median')).toBeGreaterThan(0.38);
    expect(share('median')).toBeLessThan(0.62);
  });
});

describe('a lone finding among many tests', () => {
  it('can be significant: there are as many permutations as that takes', () => {
    const random = randomFrom(31);
    const rows = Array.from({ length: 2400 }, () => ({ region: `region ${Math.floor(random() * 24)}`, label: random() < 0.5 ? 1 : 0 }));
    // in one region of 24 hardly anybody who needs help is found
    const flagged = rows.map(({ region, label }) => (random() < (label === 1 ? (region === 'region 7' ? 0.15 : 0.7) : 0.1) ? 1 : 0));
    const report = auditFairness({
      label: rows.map(({ label }) => label), flagged, score: flagged, groups: { region: rows.map(({ region }) => region) }, person: [...rows.keys()], seed: 1,
      resamples: 2, permutations: 500, abrocaRounds: 1,
    }); // prettier-ignore
    expect(report.family.tests.length).toBe(96);
    expect(report.settings.permutations).toBe(3840);
    expect(report.family.permutations).toBe(3840);
    const found = report.family.tests.filter(({ significant }) => significant);
    expect(found.map(({ group, metric }) => [group, metric])).toContainEqual(['region 7', 'tpr']);
    // with the 500 that were asked for, the smallest adjusted p-value of one test is 96 / 501
    expect(found.length).toBeLessThan(4);
  });
});

describe('worlds with a gap of the size that the test names as its smallest', () => {
  it('show it four times of five', () => {
    const ofB = ({ metric, group }: GroupTest): boolean => metric === 'tpr' && group === 'b';
    const quiet = worlds({ people: 500, gap: 0 }, 20).flat().filter(ofB);
    const smallest = quiet.reduce((sum, test) => sum + test.smallestGap, 0) / quiet.length;
    // nine of ten flags are kept, the others turned: a planted gap is seen at .8 of its size
    const tests = worlds({ people: 500, gap: smallest / 0.8 }, 100)
      .flat()
      .filter(ofB);
    const power = shareOf(tests, ({ p }) => p <= 0.05);
    expect(power).toBeGreaterThan(0.72);
    expect(power).toBeLessThan(0.88);
    expect(Math.abs(tests.reduce((sum, { difference }) => sum + difference, 0) / tests.length + smallest)).toBeLessThan(0.01);
  });

  it('call it significant in the family four times of five where it is as large as the family asks for, and less often where it is not', () => {
    const ofB = ({ metric, group }: GroupTest): boolean => metric === 'tpr' && group === 'b';
    const quiet = worlds({ people: 500, gap: 0 }, 20).flat().filter(ofB);
    const mean = (of: (test: GroupTest) => number): number => quiet.reduce((sum, test) => sum + of(test), 0) / quiet.length;
    // the p-values of so few permutations end at .01, which the strictest of twelve tests is not; they are drawn here as an audit draws them
    const found = (gap: number): number => {
      const tests = Array.from({ length: 100 }, (_, seed) => testsOf({ people: 500, gap: gap / 0.8 }, seed, 599))
        .flat()
        .filter(ofB);
      return shareOf(tests, ({ significant }) => significant);
    };
    const [alone, inFamily] = [
      found(mean(({ smallestGap }) => smallestGap)),
      found(mean(({ smallestGapInFamily }) => smallestGapInFamily)),
    ];
    expect(inFamily).toBeGreaterThan(0.72);
    // the gap of group b is seen in the selection rate and against a and c too, so a step-up finds it somewhat more often than Bonferroni would
    expect(inFamily).toBeLessThan(0.95);
    expect(alone).toBeLessThan(0.72);
  });
});
