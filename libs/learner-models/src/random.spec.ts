import { describe, expect, it } from '@jest/globals';
import { createRandom } from './random.js';

describe('createRandom', () => {
  it('repeats itself from the same seed and differs from the next', () => {
    const draw = (seed: number): number[] => {
      const random = createRandom(seed);
      return Array.from({ length: 5 }, () => random.uniform());
    };
    expect(draw(3)).toEqual(draw(3));
    expect(draw(3)).not.toEqual(draw(4));
  });
  it('is uniform and normal as far as 100,000 draws show', () => {
    const random = createRandom(1);
    const n = 100_000;
    let uniform = 0;
    let squares = 0;
    for (let draw = 0; draw < n; draw++) {
      uniform += random.uniform();
      squares += random.normal() ** 2;
    }
    // Five standard errors: 1/sqrt(12n) for the mean, sqrt(2/n) for the variance.
    expect(Math.abs(uniform / n - 0.5)).toBeLessThan(5 / Math.sqrt(12 * n));
    expect(Math.abs(squares / n - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
  });
  it('gives every whole number below the bound', () => {
    const random = createRandom(2);
    expect(new Set(Array.from({ length: 200 }, () => random.integer(6)))).toEqual(new Set([0, 1, 2, 3, 4, 5]));
  });
});
