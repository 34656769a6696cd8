import { describe, expect, it } from '@jest/globals';
import { fitPlatt } from '../platt.js';
import { averagePrecision } from './average-precision.js';
import { brierScore } from './brier-score.js';
import { calibrationLine } from './calibration-line.js';
import { expectedCalibrationError } from './expected-calibration-error.js';
import { logLoss } from './log-loss.js';
import { reliabilityBins } from './reliability-bins.js';
import { rocAuc } from './roc-auc.js';
import { topCount, topFraction } from './top-share.js';
import { wilsonInterval } from './wilson-interval.js';

/** Ten learners with ties; the expected numbers of the first block are scikit-learn 1.9.1's for these arrays. */
const ten = {
  target: Uint8Array.of(0, 0, 1, 1, 0, 1, 0, 1, 1, 0),
  score: Float64Array.of(0.1, 0.4, 0.35, 0.8, 0.4, 0.4, 0.05, 0.95, 0.6, 0.6),
};
/** The same learners, each counted by its weight or standing there as often. */
const weighted = { ...ten, weight: Float64Array.of(1, 2, 0, 3, 1, 1, 2, 1, 1, 2) };
const repeated = {
  target: Uint8Array.from([...ten.target].flatMap((y, row) => Array<number>(weighted.weight[row]!).fill(y))),
  score: Float64Array.from([...ten.score].flatMap((s, row) => Array<number>(weighted.weight[row]!).fill(s))),
};

describe('metrics as scikit-learn has them', () => {
  it('roc_auc_score', () => expect(rocAuc(ten)).toBeCloseTo(0.78, 12));
  it('average_precision_score', () => expect(averagePrecision(ten)).toBeCloseTo(0.7892857142857141, 12));
  it('brier_score_loss', () => expect(brierScore(ten)).toBeCloseTo(0.16775, 12));
  it('log_loss', () => expect(logLoss(ten)).toBeCloseTo(0.4845971115292097, 12));
  it('LogisticRegression without penalty on the log-odds: calibration slope and intercept', () => {
    const line = calibrationLine(ten);
    expect(line.slope).toBeCloseTo(1.3135638982351623, 6);
    expect(line.intercept).toBeCloseTo(0.25639654165425835, 6);
  });
  it('the same line from wherever the search begins', () => {
    const weight = Float64Array.from({ length: ten.target.length }, (_, row) => row % 3);
    const alone = calibrationLine({ ...ten, weight });
    const near = calibrationLine({ ...ten, weight }, calibrationLine(ten));
    expect(near.slope).toBeCloseTo(alone.slope, 7);
    expect(near.intercept).toBeCloseTo(alone.intercept, 7);
  });

  it('_sigmoid_calibration, which writes the line with the other sign: Platt', () => {
    const scores = Float64Array.of(-2, -1, -1, 0, 0, 0.5, 1, 1.5, 2, 3);
    const platt = fitPlatt(scores, Uint8Array.of(0, 0, 1, 0, 1, 0, 1, 1, 0, 1));
    expect(platt.slope).toBeCloseTo(0.35793758124053954, 4);
    expect(platt.intercept).toBeCloseTo(-0.14182664140676318, 4);
  });
});

describe('metrics under weights equal those of rows repeated as often', () => {
  it.each([
    ['rocAuc', rocAuc],
    ['averagePrecision', averagePrecision],
    ['brierScore', brierScore],
    ['logLoss', logLoss],
    ['expectedCalibrationError', expectedCalibrationError],
    ['calibration slope', (scored: typeof ten) => calibrationLine(scored).slope],
    ['precision of the top 30 %', (scored: typeof ten) => topFraction(scored, 0.3).precision],
  ])('%s', (_, metric) => {
    expect(metric(weighted)).toBeCloseTo(metric(repeated), 9);
  });
});

describe('rocAuc and averagePrecision', () => {
  it('are undefined where only one outcome occurs', () => {
    const none = { target: new Uint8Array(3), score: Float64Array.of(1, 2, 3) };
    expect([rocAuc(none), averagePrecision(none)]).toEqual([NaN, NaN]);
  });
  it('give a half and the base rate when all scores tie', () => {
    const tied = { target: Uint8Array.of(1, 0, 0, 0), score: new Float64Array(4) };
    expect([rocAuc(tied), averagePrecision(tied)]).toEqual([0.5, 0.25]);
  });
});

describe('topCount', () => {
  // By hand: three tie at the cut for the second place, one of the three has the outcome, so a third of a hit is expected there.
  const tied = { target: Uint8Array.of(1, 1, 0, 0, 1), score: Float64Array.of(9, 5, 5, 5, 1) };
  it('shares ties at the cut', () => {
    const { selected, precision, recall } = topCount(tied, 2);
    expect(selected).toBe(2);
    expect(precision).toBeCloseTo((1 + 1 / 3) / 2, 12);
    expect(recall).toBeCloseTo((1 + 1 / 3) / 3, 12);
  });
  it('does not care in which order tied learners stand', () => {
    const other = { target: Uint8Array.of(1, 0, 0, 1, 1), score: tied.score };
    expect(topCount(other, 3)).toEqual(topCount(tied, 3));
  });
  it('selects everyone when there are fewer', () => expect(topCount(tied, 50)).toEqual({ selected: 5, precision: 0.6, recall: 1 }));
});

describe('expectedCalibrationError and reliabilityBins', () => {
  // By hand: bin [0.2, 0.3) says 0.25 and sees 1/2 of 2; bin [0.9, 1] says 0.95 and sees 2/2.
  const four = { target: Uint8Array.of(0, 1, 1, 1), score: Float64Array.of(0.25, 0.25, 0.9, 1) };
  it('weighs each bin by its size', () => expect(expectedCalibrationError(four)).toBeCloseTo(0.5 * 0.25 + 0.5 * 0.05, 12));
  it('closes the last bin and leaves out the empty ones', () => {
    expect(reliabilityBins(four).map(({ from, count }) => [from, count])).toEqual([
      [0.2, 2],
      [0.9, 2],
    ]);
  });
  it('refuses log-odds', () =>
    expect(() => reliabilityBins({ target: Uint8Array.of(1), score: Float64Array.of(1.4) })).toThrow(RangeError));
});

describe('wilsonInterval', () => {
  // Newcombe (1998), Statistics in Medicine 17: 857-872, Table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%d of %d', (successes, trials, low, high) => {
    const interval = wilsonInterval(successes, trials);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });
  it('refuses more successes than trials', () => expect(() => wilsonInterval(3, 2)).toThrow(RangeError));
});
