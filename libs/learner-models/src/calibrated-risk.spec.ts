import { describe, expect, it } from '@jest/globals';
import { calibrate, type LearnedCalibration } from './calibrated-risk.js';
import { makeCheckTable } from './checks/check-table.js';
import { learnedHash } from './learned-hash.js';
import { L2Logistic } from './logistic/l2-logistic.js';
import { calibrationLine } from './metrics/calibration-line.js';
import { restoreScorer } from './restore-scorer.js';

describe('calibrate', () => {
  const model = new L2Logistic({ lambda: 1 }).fit(makeCheckTable(800, 1));
  const later = makeCheckTable(2000, 2);
  // A year in which the outcome became rarer: the raw model says too much.
  const rarer = { ...later, target: later.target.map((y, row) => (row % 2 === 0 ? 0 : y)) };
  const calibrated = calibrate(model, rarer);

  it('sets slope and intercept right on the held-out rows', () => {
    const line = calibrationLine({ target: rarer.target, score: calibrated.predict(rarer).probability });
    expect(line.slope).toBeCloseTo(1, 1);
    expect(line.intercept).toBeCloseTo(0, 1);
    expect(calibrationLine({ target: rarer.target, score: model.predict(rarer).probability }).intercept).toBeLessThan(-0.3);
  });

  it('keeps the ranking and scales the contributions, which still add up', () => {
    const raw = model.predict(later);
    const scaled = calibrated.predict(later);
    scaled.logOdds.forEach((value, row) => {
      expect(scaled.contributions.reduce((sum, values) => sum + values[row]!, scaled.intercept)).toBe(value);
      expect(value).toBeCloseTo(calibrated.platt.intercept + calibrated.platt.slope * raw.logOdds[row]!, 9);
    });
    expect(scaled.contributions[0]![0]).toBe(calibrated.platt.slope * raw.contributions[0]![0]!);
  });

  it('comes back from JSON', () => {
    const restored = restoreScorer(JSON.parse(JSON.stringify(calibrated.toLearned())) as LearnedCalibration);
    expect(learnedHash(restored.toLearned())).toBe(learnedHash(calibrated.toLearned()));
    expect(restored.predict(later).logOdds).toEqual(calibrated.predict(later).logOdds);
  });

  it('refuses later data in which the ranking is upside down', () => {
    const reversed = { ...later, target: later.target.map((y) => 1 - y) };
    expect(() => calibrate(model, reversed)).toThrow(/did not mean a higher risk/);
  });
});
