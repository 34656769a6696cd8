import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { barsOf, chanceOf, waterfall } from './waterfall.js';

const push = (feature: string, logOdds: number) => ({ feature, value: 1, reference: null, logOdds });

describe('the waterfall', () => {
  it('goes from the intercept to the score, strongest push first', () => {
    const steps = waterfall({ intercept: -1, contributions: [push('a', 0.2), push('b', -0.9), push('c', 1.5)], logOdds: -0.2 }, 2);
    expect(steps.map((step) => [step.kind, step.contribution?.feature ?? null])).toEqual([['start', null], ['push', 'c'], ['push', 'b'], ['others', null], ['sum', null]]); // prettier-ignore
    expect(steps[3]!.to).toBeCloseTo(-0.2, 12);
  });

  it('always adds up to the number, however few pushes are shown', () => {
    const pushes = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { maxLength: 40 });
    fc.assert(
      fc.property(pushes, fc.double({ min: -5, max: 5, noNaN: true }), fc.integer({ min: 0, max: 45 }), (values, intercept, most) => {
        const logOdds = values.reduce((sum, value) => sum + value, intercept);
        const steps = waterfall({ intercept, contributions: values.map((value, at) => push(String(at), value)), logOdds }, most);
        expect(steps.at(-2)!.to).toBeCloseTo(steps.at(-1)!.to, 9);
        for (const bar of barsOf(steps)) {
          expect(bar.start).toBeGreaterThanOrEqual(-1e-9);
          expect(bar.start + bar.length).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
    );
  });

  it('stands for a chance', () => {
    expect(chanceOf(0)).toBe(0.5);
    expect(chanceOf(Math.log(9))).toBeCloseTo(0.9, 12);
  });
});
