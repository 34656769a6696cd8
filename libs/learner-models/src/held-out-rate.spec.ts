import { describe, expect, it } from '@jest/globals';
import { heldOutBands, heldOutRate } from './held-out-rate.js';

describe('heldOutRate', () => {
  const score = Float64Array.from({ length: 100 }, (_, row) => row);
  const target = Uint8Array.from({ length: 100 }, (_, row) => (row >= 75 || row % 10 === 0 ? 1 : 0));
  const bands = heldOutBands(score, target, 20);

  it('counts what became of the learners nearest in score', () => {
    expect(bands).toEqual({ upTo: [19, 39, 59, 79], learners: [20, 20, 20, 20, 20], positives: [2, 2, 2, 7, 20] });
    expect(heldOutRate(bands, 65)).toMatchObject({ rate: 0.35, positives: 7, learners: 20 });
    expect(heldOutRate(bands, -5).rate).toBe(0.1);
    expect(heldOutRate(bands, 1000).rate).toBe(1);
  });

  it('says how sure it is', () => {
    const { interval } = heldOutRate(bands, 1000);
    // Wilson's lower bound for 20 of 20 is 1 / (1 + z²/20).
    expect(interval.low).toBeCloseTo(1 / (1 + 1.959963984540054 ** 2 / 20), 12);
    expect(interval.high).toBe(1);
  });

  it('is as sure as the people allow, not their classes', () => {
    // each learner of the first band four times over: five people, of whom half did not pass
    const fourTimes = heldOutBands(
      new Float64Array(20),
      Uint8Array.from({ length: 20 }, (_, row) => row % 2),
      20,
      Int32Array.from({ length: 20 }, (_, row) => row % 5),
    );
    expect(fourTimes).toEqual({ upTo: [], learners: [20], positives: [10], people: [5] });
    const { rate, learners, interval } = heldOutRate(fourTimes, 0);
    expect([rate, learners]).toEqual([0.5, 20]);
    // Wilson for a half of n: the half-width is z / (2 √(n + z²)); n is 5.
    expect(interval.high - 0.5).toBeCloseTo(1.959963984540054 / (2 * Math.sqrt(5 + 1.959963984540054 ** 2)), 12);
    expect(heldOutRate({ upTo: [], learners: [20], positives: [10] }, 0).interval.high).toBeLessThan(interval.high);
  });

  it('keeps equal scores in one band', () => {
    const tied = heldOutBands(new Float64Array(60), new Uint8Array(60), 20);
    expect(tied.learners).toEqual([60]);
    expect(heldOutRate(tied, 0).learners).toBe(60);
  });

  it('refuses to make a band of too few', () => {
    expect(() => heldOutBands(new Float64Array(10), new Uint8Array(10), 20)).toThrow(/no band/);
  });
});
