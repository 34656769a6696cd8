import { benjaminiHochberg } from './benjamini-hochberg.js';
import { type Grouping } from '../grouping.js';
import { type TestedMetric, testedMetrics } from './declared-family.js';
import { type GroupingUnderChance, type RateUnderChance } from './permutation.js';
import { smallestGap } from './smallest-gap.js';

/** One group against everyone else, in one rate. Rates and differences are shares of 1. */
export interface GroupTest {
  readonly attribute: string;
  readonly group: string;
  readonly metric: TestedMetric;
  /** Rows of the group and of the rest that the rate rests on. */
  readonly n: number;
  readonly nRest: number;
  readonly rate: number;
  readonly rest: number;
  /** `rate - rest`. */
  readonly difference: number;
  /** Two-sided permutation p-value, and the same adjusted for the whole family (Benjamini–Hochberg). */
  readonly p: number;
  readonly adjusted: number;
  readonly significant: boolean;
  /** The smallest true gap that this many people would show four times of five, in a test alone and at the family's strictest. */
  readonly smallestGap: number;
  readonly smallestGapInFamily: number;
}

export interface TestFamily {
  readonly method: 'permutation by person, Benjamini–Hochberg';
  readonly alpha: number;
  readonly permutations: number;
  readonly tests: readonly GroupTest[];
  /** Groups and rates that could not be tested, and why. */
  readonly untested: readonly { readonly attribute: string; readonly group: string; readonly metric: TestedMetric; readonly reason: string }[];
}

type Candidate = { readonly ok: true; readonly test: Omit<GroupTest, 'adjusted' | 'significant' | 'smallestGapInFamily'>; readonly spread: number } | { readonly ok: false; readonly reason: string };

const candidate = (attribute: string, group: string, index: number, seen: RateUnderChance, permutations: number, alpha: number): Candidate => {
  const { observed, asFar, squares, metric } = seen;
  const all = observed.size.reduce((sum, size) => sum + size, 0);
  const n = observed.size[index]!;
  if (n === 0 || n === all) return { ok: false, reason: n === 0 ? 'no row of the group counts for this rate' : 'there is no one else to compare with' };
  const spread = Math.sqrt(squares[index]! / permutations);
  const rate = observed.rate[index]!;
  const difference = observed.fromRest[index]!;
  const p = (1 + asFar[index]!) / (1 + permutations);
  return { ok: true, spread, test: { attribute, group, metric, n, nRest: all - n, rate, rest: rate - difference, difference, p, smallestGap: smallestGap(spread, alpha) } };
};

/** With two groups either is the other's rest: one test says all, and it is told of the smaller. */
const groupsToTest = (grouping: Grouping): number[] => {
  const all = grouping.names.map((_, group) => group).filter((group) => grouping.judged[group]);
  if (all.length < 2) return []; // a rest that is too small to be judged is too small to be compared with
  if (grouping.names.length > 2) return all;
  return [grouping.people[0]! < grouping.people[1]! ? 0 : 1];
};

/**
 * Permutations without which a lone finding could not stand: no p-value is smaller than one over them, and of many tests the smallest
 * must be under alpha over their number. Twice as many, so that one permutation in the way does not hide it.
 *
 * @example leastPermutations([gender, region], 0.05) // with 14 groups to test in four rates => 2240
 */
export function leastPermutations(attributes: readonly Grouping[], alpha: number): number {
  const tests = testedMetrics.length * attributes.reduce((sum, grouping) => sum + groupsToTest(grouping).length, 0);
  return Math.ceil((2 * tests) / alpha);
}

/** Draws up the declared family from the permutations and adjusts it as a whole. O(tests log tests). */
export function testFamily(attributes: readonly GroupingUnderChance[], permutations: number, alpha: number): TestFamily {
  const untested: TestFamily['untested'][number][] = [];
  const found: Extract<Candidate, { ok: true }>[] = [];
  for (const attribute of attributes) {
    for (const seen of attribute.rates) {
      for (const index of groupsToTest(attribute.grouping)) {
        const group = attribute.grouping.names[index]!;
        const result = candidate(attribute.grouping.attribute, group, index, seen, permutations, alpha);
        if (result.ok) found.push(result);
        else untested.push({ attribute: attribute.grouping.attribute, group, metric: seen.metric, reason: result.reason });
      }
    }
  }
  const adjusted = benjaminiHochberg(found.map(({ test }) => test.p));
  const tests = found.map(({ test, spread }, index): GroupTest => ({
    ...test,
    adjusted: adjusted[index]!,
    significant: adjusted[index]! <= alpha,
    smallestGapInFamily: smallestGap(spread, alpha / found.length),
  }));
  return { method: 'permutation by person, Benjamini–Hochberg', alpha, permutations, tests, untested };
}
