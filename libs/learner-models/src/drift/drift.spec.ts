import { describe, expect, it } from '@jest/globals';
import { makeCheckTable } from '../checks/check-table.js';
import { createRandom } from '../random.js';
import { benjaminiHochberg } from './benjamini-hochberg.js';
import { featureDrift } from './feature-drift.js';
import { kolmogorovSmirnov } from './kolmogorov-smirnov.js';
import { populationStability } from './population-stability.js';

describe('benjaminiHochberg', () => {
  // scipy.stats.false_discovery_control 1.17.1.
  it('agrees with SciPy', () => {
    const expected = [0.03, 0.06, 0.06, 0.03, 0.5, 0.24];
    benjaminiHochberg([0.01, 0.04, 0.03, 0.005, 0.5, 0.2]).forEach((p, at) => expect(p).toBeCloseTo(expected[at]!, 12));
  });
});

describe('kolmogorovSmirnov', () => {
  const a = Float64Array.of(0.1, 0.2, 0.2, 0.5, 0.9, 1.4, 1.4, 2);
  const b = Float64Array.of(0.2, 0.6, 1.5, 1.6, 2.2, 2.5);
  // scipy.stats.ks_2samp(a, b, method='exact') 1.17.1: statistic 0.541667, p 0.192474.
  it('has the statistic of SciPy and comes near its exact p-value', () => {
    const { statistic, pValue } = kolmogorovSmirnov(a, b);
    expect(statistic).toBeCloseTo(0.5416666666666667, 12);
    expect(Math.abs(pValue - 0.19247419247419248)).toBeLessThan(0.02);
  });
  it('raises a false alarm in about 5 of 100 samples from one distribution', () => {
    const random = createRandom(8);
    const draw = (): Float64Array => Float64Array.from({ length: 80 }, () => random.normal());
    let alarms = 0;
    for (let trial = 0; trial < 1000; trial++) if (kolmogorovSmirnov(draw(), draw()).pValue < 0.05) alarms++;
    // 1,000 trials at 5 % have a standard deviation of 7.
    expect(alarms).toBeGreaterThan(25);
    expect(alarms).toBeLessThan(75);
  });
  it('is certain of samples that do not overlap', () => {
    const { statistic, pValue } = kolmogorovSmirnov(
      a,
      b.map((value) => value + 10),
    );
    expect(statistic).toBe(1);
    expect(pValue).toBeLessThan(0.01);
  });
});

describe('populationStability', () => {
  const hundred = Float64Array.from({ length: 1000 }, (_, at) => at);
  it('is 0 for the same values and symmetric in growth', () => {
    expect(populationStability(hundred, hundred)).toBe(0);
    expect(
      populationStability(
        hundred,
        hundred.map((value) => value + 500),
      ),
    ).toBeGreaterThan(1);
  });
  // By hand: 1,000 halves against 1,000 of which three quarters are 1; (counts + 0.5) / 1001.5 in three bins, the missing one equal.
  it('adds up (now - before) ln(now / before)', () => {
    const half = hundred.map((value) => value % 2);
    const more = hundred.map((value) => (value % 4 === 0 ? 0 : 1));
    const [x, y, z] = [500.5, 250.5, 750.5].map((count) => count / 1001.5) as [number, number, number];
    expect(populationStability(half, more)).toBeCloseTo((y - x) * Math.log(y / x) + (z - x) * Math.log(z / x), 9);
  });
  it('sees values go missing', () =>
    expect(
      populationStability(
        hundred,
        hundred.map((value) => (value % 2 ? NaN : value)),
      ),
    ).toBeGreaterThan(0.25));
});

describe('featureDrift', () => {
  const before = makeCheckTable(2000, 1);
  it('is quiet between two draws of one course', () => {
    for (const { adjusted } of featureDrift(before, makeCheckTable(2000, 2))) expect(adjusted).toBeGreaterThan(0.01);
  });
  it('names the feature whose marks became 1 or 100, and the one that fell silent', () => {
    const now = makeCheckTable(2000, 2);
    const columns = now.columns.map((column, at) => {
      if (at === 2) return column.map((mark) => (Number.isNaN(mark) ? NaN : mark > 65 ? 100 : 1));
      return at === 3 ? column.map(() => NaN) : column;
    });
    const moved = featureDrift(before, { ...now, columns }).filter(({ adjusted, stability }) => adjusted < 0.01 && stability > 0.25);
    expect(moved.map(({ feature }) => feature)).toEqual(['mark_mean', 'clicks']);
    expect(moved[1]!.missingNow).toBe(1);
  });
});
