import { describe, expect, it } from '@jest/globals';
import { auditOf } from '../../dev/audits.js';
import { observationsOf } from '../../dev/gate.js';
import { modelOf } from '../../dev/trust.js';
import { openConcerns } from './open-concerns.js';
import { calibrationByChance, heldOutBaseRate, verdictsOf } from './verdicts.js';

const now = new Date('2026-03-10T10:00:00Z');
const model = modelOf(now, true);
const audit = auditOf(now);
const keys = (verdicts: ReturnType<typeof verdictsOf>) => verdicts.map((verdict) => verdict.key);

describe('verdicts', () => {
  it('say how good a model is at capacity, beside the rule and chance', () => {
    const [first] = verdictsOf(model, audit, now.getTime());
    expect(first).toEqual({
      key: 'verdict.capacity',
      tone: 'good',
      model: 93,
      low: 91,
      high: 95,
      rule: 83,
      chance: Math.round(heldOutBaseRate(model) * 100),
    });
  });
  it('take chance from those who were judged, not from those it learned from', () => {
    const bin = (n: number, observed: number) => ({ from: 0, to: 1, n, predicted: 0.5, observed });
    expect(heldOutBaseRate({ reliability: [bin(300, 0.1), bin(100, 0.5)], window: { ...model.window, baseRate: 0.9 } })).toBeCloseTo(
      0.2,
      12,
    );
  });
  it('ask for care where the model is worse than the rule', () => {
    const worse = { ...model, rule: { model: 'rule', metrics: { precisionAt10: { value: 0.97, low: null, high: null } } } };
    expect(verdictsOf(worse, audit, now.getTime())[0]!.tone).toBe('care');
  });
  it('say what the audit found, with care where it is beyond chance', () => {
    const tones = verdictsOf(model, audit, now.getTime()).flatMap((verdict) =>
      verdict.key === 'verdict.audit' ? [[verdict.found.code, verdict.tone]] : [],
    );
    expect(tones).toEqual([
      ['misses-more', 'care'],
      ['no-gap-shown', 'good'],
      ['small-groups-pooled', 'unknown'],
      // nothing was found, but only a gap of more than eleven would have been
      ['no-gap-shown', 'unknown'],
    ]);
  });
  it('take numbers that are off for wrong only where chance does not explain it', () => {
    const calibration = (off: number, n: number) => {
      const bin = { from: 0.4, to: 0.6, n, predicted: 0.5, observed: 0.5 };
      const one = {
        ...model,
        window: { ...model.window, rows: 500, learners: 500 },
        reliability: [bin],
        validation: { ...model.validation, metrics: { ece: { value: off, low: null, high: null } } },
      };
      return verdictsOf(one, null, now.getTime()).find((verdict) => verdict.key.includes('calibrated'));
    };
    // a hundred tosses of a fair coin stray by .04 on average, and by more than .09 once in twenty
    expect(calibration(0.07, 100)).toEqual({ key: 'verdict.calibrated-by-chance', tone: 'unknown', off: 7, chance: 4 });
    expect(calibration(0.12, 100)).toMatchObject({ key: 'verdict.miscalibrated', tone: 'care' });
    expect(calibration(0.07, 10_000)).toMatchObject({ key: 'verdict.miscalibrated', chance: 0.4 });
    expect(calibration(0.02, 10_000)).toMatchObject({ key: 'verdict.calibrated', tone: 'good' });
  });
  it('are off by chance as simulated tosses are', () => {
    // 2,000 worlds of ten bins of 60 learners each, drawn by another program (Python's random, seed 1): mean .0406, 95th percentile .0583.
    const reliability = Array.from({ length: 10 }, (_, at) => ({
      from: at / 10,
      to: (at + 1) / 10,
      n: 60,
      predicted: at / 10 + 0.05,
      observed: 0.5,
    }));
    const { expected, extreme } = calibrationByChance(reliability, { rows: 600, learners: 600 });
    expect(expected).toBeCloseTo(0.0406, 2.5);
    expect(extreme).toBeCloseTo(0.0583, 2.5);
    // three classes of each learner are as good as one
    const classes = calibrationByChance(
      reliability.map((bin) => ({ ...bin, n: 3 * bin.n })),
      { rows: 1800, learners: 600 },
    );
    expect(classes.expected).toBeCloseTo(expected, 12);
  });
  it('begin with what left its backtest', () => {
    const concerns = openConcerns(observationsOf(now), []);
    const [first] = verdictsOf(model, audit, now.getTime(), concerns);
    expect(first).toEqual({ key: 'verdict.left-backtest', tone: 'care', concern: concerns[0] });
  });
  it('say what is not known', () => {
    const blank = { ...model, validation: { ...model.validation, metrics: {} } };
    expect(keys(verdictsOf(blank, null, now.getTime()))).toEqual(['verdict.not-measured', 'verdict.no-audit']);
    expect(keys(verdictsOf(model, null, now.getTime() + 200 * 86_400_000))).toContain('verdict.old');
  });
});
