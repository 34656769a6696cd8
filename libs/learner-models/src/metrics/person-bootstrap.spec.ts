import { describe, expect, it } from '@jest/globals';
import { createRandom } from '../random.js';
import { bootstrapByPerson, pairedDifference, quantile } from './person-bootstrap.js';
import { brierScore } from './brier-score.js';
import { rocAuc } from './roc-auc.js';
import { totals, type ScoredOutcomes } from './scored-outcomes.js';

function made(rows: number, perPerson: number, seed: number, noise = 1): { scored: ScoredOutcomes; group: Int32Array } {
  const random = createRandom(seed);
  const group = Int32Array.from({ length: rows }, (_, row) => Math.floor(row / perPerson) * 7 + 3);
  const target = Uint8Array.from({ length: rows / perPerson }, () => random.integer(2));
  const outcome = Uint8Array.from({ length: rows }, (_, row) => target[Math.floor(row / perPerson)]!);
  return { group, scored: { target: outcome, score: Float64Array.from(outcome, (y) => y + 2 * noise * random.normal()) } };
}

const rate = (scored: ScoredOutcomes): number => totals(scored).positives / totals(scored).all;

describe('bootstrapByPerson', () => {
  it('gives a rate the standard error of the binomial, when each person has one row', () => {
    const { scored, group } = made(400, 1, 1);
    const { base } = bootstrapByPerson(scored, group, { base: rate }, { seed: 5, replicates: 4000 });
    const expected = Math.sqrt((base.value * (1 - base.value)) / 400);
    expect(Math.abs(base.standardError / expected - 1)).toBeLessThan(0.05);
    expect(Math.abs((base.high - base.low) / (2 * 1.96 * expected) - 1)).toBeLessThan(0.07);
  });
  it('is wider by the root of four when four equal rows belong to each person', () => {
    const { scored, group } = made(1600, 4, 1);
    const together = bootstrapByPerson(scored, group, { rate }, { seed: 5 }).rate.standardError;
    const apart = bootstrapByPerson(
      scored,
      group.map((_, row) => row),
      { rate },
      { seed: 5 },
    ).rate.standardError;
    expect(together / apart).toBeGreaterThan(1.8);
    expect(together / apart).toBeLessThan(2.2);
  });
  it('repeats itself from the seed, and shares resamples between metrics', () => {
    const { scored, group } = made(200, 2, 3);
    const settings = { seed: 9, replicates: 100 };
    expect(bootstrapByPerson(scored, group, { rocAuc }, settings)).toEqual(bootstrapByPerson(scored, group, { rocAuc }, settings));
    const both = bootstrapByPerson(scored, group, { rocAuc, again: rocAuc }, settings);
    expect(both.again).toEqual(both.rocAuc);
  });
  it('counts only resamples in which the statistic is defined', () => {
    const scored = { target: Uint8Array.of(1, 0, 0), score: Float64Array.of(3, 2, 1) };
    const { replicates } = bootstrapByPerson(scored, Int32Array.of(1, 2, 3), { rocAuc }, { seed: 1, replicates: 1000 }).rocAuc;
    // One or no kind of outcome is drawn with probability (2/3)³ + (1/3)³ = 1/3.
    expect(Math.abs(replicates / 1000 - 2 / 3)).toBeLessThan(0.06);
  });
});

describe('pairedDifference', () => {
  const clear = made(800, 2, 4, 0.5);
  const blurred = { ...clear.scored, score: clear.scored.score.map((value, row) => value + 3 * Math.sin(row * 12.9898)) };
  it('finds the better model, and none between a model and itself', () => {
    const better = pairedDifference(clear.scored, blurred, clear.group, rocAuc, { seed: 1, replicates: 400 });
    expect(better.low).toBeGreaterThan(0);
    expect(better.notAbove).toBe(0);
    expect(pairedDifference(clear.scored, clear.scored, clear.group, brierScore, { seed: 1, replicates: 50 })).toMatchObject({
      value: 0,
      low: 0,
      high: 0,
      notAbove: 1,
    });
  });
  it('refuses scores of different rows', () => {
    const flipped = { ...clear.scored, target: clear.scored.target.map((y) => 1 - y) };
    expect(() => pairedDifference(clear.scored, flipped, clear.group, rocAuc, { seed: 1 })).toThrow(RangeError);
  });
});

describe('quantile', () => {
  // numpy.quantile([1, 2, 4, 8], [0.1, 0.5, 1]) by its default method.
  it('interpolates', () => expect([0.1, 0.5, 1].map((share) => quantile(Float64Array.of(1, 2, 4, 8), share))).toEqual([1.3, 3, 8]));
});
