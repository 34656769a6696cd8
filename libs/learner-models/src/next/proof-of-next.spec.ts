import { describe, expect, it } from '@jest/globals';
import { PRACTICE_TRUTH, type PracticePolicy, proveNext, simulatePractice } from './proof-of-next.js';

describe('simulation: the next activity against random order, fixed order and a mastery threshold alone', () => {
  it.each([
    ['as usual', {}],
    ['who learn a third as fast', { gain: 0.12 }],
    ['who forget three times as much', { forgetting: 0.8 }],
  ])('more is known in the end, beyond chance, for learners %s; 2 seeds', (_, change) => {
    for (const seed of [1, 2]) {
      const proof = proveNext({ learners: 30, answers: 240, seed, truth: { ...PRACTICE_TRUTH, ...change } });
      const ahead = (policy: PracticePolicy) => proof.find((one) => one.policy === policy)!.nextLess;
      expect(ahead('random').low).toBeGreaterThan(0);
      expect(ahead('mastery').low).toBeGreaterThan(0);
      // And not later: with a threshold alone nobody needs fewer answers to have mastered nine in ten at once, beyond chance.
      expect(proof.find((one) => one.policy === 'mastery')!.nextSooner.high).toBeGreaterThanOrEqual(0);
      // Spreading a known number of answers evenly over a right order is hard to beat where nobody forgets much: never behind it beyond chance.
      expect(ahead('fixed').high).toBeGreaterThan(0);
    }
  });

  it('knows as much where learners are three times as fast, though a threshold alone, which asks three right answers of each skill, is sooner there', () => {
    const [next, , , mastery] = proveNext({
      learners: 60,
      answers: 300,
      seed: 1,
      truth: { ...PRACTICE_TRUTH, gain: PRACTICE_TRUTH.gain * 3 },
    });
    expect([next!.policy, mastery!.policy]).toEqual(['next', 'mastery']);
    expect(mastery!.nextLess.high).toBeGreaterThanOrEqual(0);
    // Half as many answers again at most.
    expect(next!.toMastery.mean).toBeLessThan(1.5 * mastery!.toMastery.mean);
  });

  it('repeats to the last bit, and counts what is there', () => {
    expect(simulatePractice('next', 3, 100, PRACTICE_TRUTH)).toEqual(simulatePractice('next', 3, 100, PRACTICE_TRUTH));
    const [next] = proveNext({ learners: 5, answers: 60, seed: 1, truth: PRACTICE_TRUTH });
    expect([next!.nextLess, next!.nextSooner]).toEqual([
      { mean: 0, low: 0, high: 0 },
      { mean: 0, low: 0, high: 0 },
    ]);
    expect(next!.toMastery.mean).toBeLessThanOrEqual(60);
  });
});
