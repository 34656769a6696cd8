import { describe, expect, it } from '@jest/globals';
import { byScore } from '../group-rows.js';
import { readSample } from '../sample.js';
import { abroca } from './abroca.js';
import { benjaminiHochberg } from './benjamini-hochberg.js';
import { normalQuantile } from './normal-quantile.js';
import { curveDrawer } from './roc-curves.js';
import { smallestGap } from './smallest-gap.js';

describe('Benjamini–Hochberg', () => {
  it('finds four of the fifteen tests of the original paper (section 3.2: 0.0095 is the last)', () => {
    const published = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1];
    const adjusted = benjaminiHochberg(published);
    expect(adjusted.filter((p) => p <= 0.05)).toHaveLength(4);
    expect(adjusted[3]).toBeCloseTo((0.0095 * 15) / 4, 12);
  });

  it('keeps the order of the input and never falls below a smaller test', () => {
    expect(benjaminiHochberg([0.01, 0.04, 0.03]).map((p) => Number(p.toFixed(9)))).toEqual([0.03, 0.04, 0.04]);
    expect(benjaminiHochberg([])).toEqual([]);
  });
});

describe('the normal quantile and the smallest gap', () => {
  it('agrees with tables', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963985, 8);
    expect(normalQuantile(0.8)).toBeCloseTo(0.841621234, 8);
    expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306, 8);
    expect(() => normalQuantile(1)).toThrow(RangeError);
  });

  it('is 2.8 spreads at 5 % and power 0.8', () => {
    expect(smallestGap(0.01, 0.05)).toBeCloseTo(0.02801585, 7);
  });
});

describe('ABROCA', () => {
  const curvesOf = (label: number[], score: number[], code: number[]) => {
    const sample = readSample({ label, score, threshold: 0.5, groups: {}, person: label.map((_, row) => row) });
    return curveDrawer(sample, byScore(sample).order, 2)(Int32Array.from(code), new Int32Array(label.length).fill(1));
  };

  it('is the difference of areas where one curve is above the other', () => {
    // perfect ranking (area 1) against all tied (area 1/2)
    const [perfect, tied] = curvesOf([1, 1, 0, 0, 1, 0], [0.9, 0.8, 0.2, 0.1, 0.5, 0.5], [0, 0, 0, 0, 1, 1]);
    expect(abroca(perfect!, tied!)).toBeCloseTo(0.5, 12);
    expect(abroca(tied!, tied!)).toBe(0);
  });

  it('adds up both sides of a crossing', () => {
    // group 0 rises to (0, .5), runs to (1, .5), rises to (1, 1); group 1 is the diagonal: two triangles of 1/8 each
    const [step, diagonal] = curvesOf([1, 0, 1, 1, 0], [0.9, 0.5, 0.1, 0.4, 0.4], [0, 0, 0, 1, 1]);
    expect(abroca(step!, diagonal!)).toBeCloseTo(0.25, 12);
    expect(abroca(diagonal!, step!)).toBeCloseTo(0.25, 12);
  });
});
