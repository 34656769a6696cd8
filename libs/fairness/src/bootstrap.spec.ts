import { describe, expect, it } from '@jest/globals';
import { auditFairness } from './index.js';
import { drawPeople, quantile, withInterval } from './bootstrap.js';
import { calibrate, recalibrate } from './calibrate.js';
import { byScore, splitRows } from './group-rows.js';
import { everyone } from './grouping.js';
import { randomFrom } from './random.js';
import { readSample } from './sample.js';

describe('intervals', () => {
  it('are percentiles with linear interpolation (type 7)', () => {
    expect(quantile(Float64Array.of(1, 2, 3, 4), 0.25)).toBe(1.75);
    const hundred = Float64Array.from({ length: 101 }, (_, place) => place);
    expect(withInterval({ value: 50, reason: null }, hundred, 0.5)).toEqual({ value: 50, low: 25, high: 75, reason: null });
  });

  it('are left out, with the reason, where the value seldom exists', () => {
    const mostlyNot = Float64Array.of(1, Number.NaN, 3, 4);
    expect(withInterval({ value: 2, reason: null }, mostlyNot, 0.95)).toEqual({
      value: 2,
      low: null,
      high: null,
      reason: 'no interval: the value exists in 3 of 4 resamples',
    });
  });

  it('hold a true rate nineteen times of twenty, and keep a person together', () => {
    const covered = (rowsPerPerson: number): number => {
      const hits = Array.from({ length: 100 }, (_, seed) => {
        const random = randomFrom(seed);
        const label = Array.from({ length: 60 }, () => (random() < 0.4 ? 1 : 0)).flatMap((outcome) =>
          Array<number>(rowsPerPerson).fill(outcome),
        );
        const person = label.map((_, row) => Math.floor(row / rowsPerPerson));
        const { low, high } = auditFairness({
          label,
          flagged: label,
          score: label,
          groups: {},
          person,
          seed,
          resamples: 100,
          permutations: 1,
        }).overall.metrics.baseRate;
        return low! <= 0.4 && high! >= 0.4;
      });
      return hits.filter(Boolean).length / hits.length;
    };
    expect(covered(1)).toBeGreaterThan(0.89);
    expect(covered(1)).toBeLessThan(0.99);
    // four equal rows of one person say no more than one
    expect(covered(4)).toBeGreaterThan(0.89);
  });
});

describe('the calibration of a resample', () => {
  it('by one step is that of a whole fit, far closer than resamples are to each other', () => {
    const random = randomFrom(8);
    const score = Array.from({ length: 800 }, () => 0.05 + 0.9 * random());
    const label = score.map((risk) => (random() < risk ? 1 : 0));
    const sample = readSample({ label, score, threshold: 0.5, groups: {}, person: label.map((_, row) => row) });
    const rows = splitRows(sample, everyone(sample), byScore(sample))[0]!;
    const fit = calibrate(rows);
    const recalibrated = (times: Int32Array): number => {
      const into = { slope: 0, intercept: 0 };
      recalibrate(rows, fit, times, into);
      return into.slope;
    };
    const slopes: number[] = [];
    const errors: number[] = [];
    for (let round = 0; round < 30; round++) {
      const times = new Int32Array(800);
      drawPeople(times, random);
      const drawn = [...label.keys()].flatMap((row) => Array<number>(times[row]!).fill(row));
      const again = readSample({
        label: drawn.map((row) => label[row]!),
        score: drawn.map((row) => score[row]!),
        threshold: 0.5,
        groups: {},
        person: drawn.map((_, row) => row),
      });
      const whole = calibrate(splitRows(again, everyone(again), byScore(again))[0]!);
      slopes.push(whole.slope);
      errors.push(recalibrated(times) - whole.slope);
    }
    const spread = (values: number[], around: number): number =>
      Math.sqrt(values.reduce((sum, value) => sum + (value - around) ** 2, 0) / values.length);
    expect(spread(errors, 0)).toBeLessThan(0.15 * spread(slopes, fit.slope));
  });
});
