import { describe, expect, it } from '@jest/globals';
import { createRandom } from '@pharos/learner-models';
import { servingFigures } from '../risk/serving-figures.js';
import { observedReport, servedMetric, type ServedOutcome } from './observed.js';

/** Learners whose chance of failing is what the model says, moved by so many log-odds. */
function served(seed: number, moved: number, rows = 400): ServedOutcome[] {
  const random = createRandom(seed);
  return Array.from({ length: rows }, (_, number) => {
    const logOdds = 1.5 * random.normal();
    const failed = random.uniform() < 1 / (1 + Math.exp(-logOdds - moved));
    return {
      learner: `l${number}`,
      class: 'c',
      week: 4,
      model: 'm',
      recipe: 'logistic',
      probability: 1 / (1 + Math.exp(-logOdds)),
      failed,
    };
  });
}

function backtest() {
  const rows = served(1, 0, 1000);
  const figures = servingFigures(
    {
      score: Float64Array.from(rows, ({ probability }) => probability),
      target: Uint8Array.from(rows, ({ failed }) => Number(failed)),
      person: Int32Array.from(rows, (_, row) => row),
    },
    0.5,
    1,
    60,
  );
  return Object.fromEntries(Object.entries(figures).map(([name, metric]) => [servedMetric[name as keyof typeof servedMetric], metric]));
}

const promised = backtest();
const observe = (rows: ServedOutcome[]) => observedReport({ served: rows, threshold: 0.5, backtest: promised, declared: [], seed: 1 });

describe('what was served, set against what happened', () => {
  it('raises a concern where more failed than was said, and names the figures', () => {
    const { concern, figures, rows, named } = observe(served(2, 1.5));
    expect(concern).toBe(true);
    expect(rows).toBe(400);
    expect(named).toBeGreaterThan(150);
    expect(figures.find(({ name }) => name === 'calibrationGap')!.outside).toBe(true);
    expect(figures.find(({ name }) => name === 'falseNegativeRate')!.observed.value).toBeGreaterThan(0.3);
  });

  it('stays quiet where all is as the backtest had it, in nearly all of 20 worlds', () => {
    const concerns = Array.from({ length: 20 }, (_, seed) => observe(served(100 + seed, 0, 300))).filter(({ concern }) => concern);
    expect(concerns.length).toBeLessThanOrEqual(4);
  });

  it('cannot leave a backtest that there is none of', () => {
    const report = observedReport({ served: served(2, 1.5), threshold: 0.5, backtest: {}, declared: [], seed: 1 });
    expect(report.concern).toBe(false);
    expect(report.figures.every(({ backtest: then }) => then === null)).toBe(true);
  });

  it('tells rates and calibration by group with what they are of, and no interval of a few', () => {
    const rows = served(3, 0);
    const declared = rows.map(({ learner }, row) => ({
      learner,
      class: '',
      attribute: 'gender',
      value: row < 10 ? 'x' : row % 2 === 0 ? 'f' : 'm',
    }));
    const { groups } = observedReport({ served: rows, threshold: 0.5, backtest: promised, declared, seed: 1 });
    expect(groups.map(({ group, n }) => [group, n]).sort()).toEqual([
      ['f', 195],
      ['m', 195],
      ['x', 10],
    ]);
    expect(groups.find(({ group }) => group === 'x')!.figures).toBeNull();
    for (const group of ['f', 'm']) {
      const own = rows.filter(({ learner }) => declared.some((one) => one.learner === learner && one.value === group));
      const named = own.filter(({ probability }) => probability >= 0.5);
      const failed = own.filter((row) => row.failed);
      const { people, figures, precision } = groups.find((one) => one.group === group)!;
      const right = named.filter((row) => row.failed).length;
      expect(people).toEqual({ all: 195, right, wrong: named.length - right, missed: failed.length - right, passed: 195 - failed.length });
      expect(precision).toBeCloseTo(right / named.length, 12);
      expect(figures!.precision.value).toBeCloseTo(right / named.length, 12);
      const gap = own.reduce((sum, { probability, failed: did }) => sum + probability - Number(did), 0) / own.length;
      expect(figures!.calibrationGap.value).toBeCloseTo(gap, 12);
      // the world is as the model says, so the interval holds 0, and what was seen
      expect(figures!.calibrationGap.low!).toBeLessThan(Math.min(0, gap) + 1e-9);
      expect(figures!.calibrationGap.high!).toBeGreaterThan(Math.max(0, gap) - 1e-9);
    }
  });
});
