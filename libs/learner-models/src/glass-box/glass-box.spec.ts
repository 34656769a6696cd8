import { describe, expect, it } from '@jest/globals';
import { makeCheckTable } from '../checks/check-table.js';
import { riskModelChecks } from '../checks/risk-model-checks.js';
import { type TrainingTable } from '../learner-table.js';
import { probabilityOf } from '../log-odds.js';
import { logLoss } from '../metrics/log-loss.js';
import { createRandom } from '../random.js';
import { GlassBox } from './glass-box.js';

describe('GlassBox passes the checks of every model: it', () => {
  it.each(riskModelChecks((seed) => new GlassBox({ seed, bags: 4, pairs: 4 })))('$name', ({ run }) => {
    expect(run).not.toThrow();
  });
});

/** Outcomes that depend on whether two coins agree, and on a third value that bends. */
function twoCoins(rows: number, seed: number): TrainingTable {
  const random = createRandom(seed);
  const columns = [0, 1, 2, 3].map(() => Float64Array.from({ length: rows }, () => random.normal()));
  const [a, b, c] = columns as [Float64Array, Float64Array, Float64Array, Float64Array];
  const target = Uint8Array.from({ length: rows }, (_, row) => {
    return random.uniform() < chance(a[row]!, b[row]!, c[row]!) ? 1 : 0;
  });
  return { features: ['a', 'b', 'c', 'd'].map((name) => ({ name, family: 'made up' })), columns, rows, target };
}

function chance(a: number, b: number, c: number): number {
  return probabilityOf((a > 0 === b > 0 ? 1.5 : -1.5) + Math.min(2, c ** 2) - 1);
}

function truth({ columns }: TrainingTable, row: number): number {
  return chance(columns[0]![row]!, columns[1]![row]!, columns[2]![row]!);
}

describe('GlassBox', () => {
  const training = twoCoins(4000, 1);
  const unseen = twoCoins(4000, 2);
  const model = new GlassBox({ pairs: 1 }).fit(training);

  it('finds the pair that acts together, and reports it under both names', () => {
    expect(model.terms.at(-1)!.names).toEqual(['a', 'b']);
  });

  it('explains unseen rows better with the pair than without, and comes near what could be known', () => {
    const loss = (fitted: GlassBox): number => logLoss({ target: unseen.target, score: fitted.predict(unseen).probability });
    const alone = loss(new GlassBox({ pairs: 0 }).fit(training));
    expect(loss(model)).toBeLessThan(alone - 0.1);
    // What could be known: the log loss of the probabilities that the outcomes were drawn with.
    expect(loss(model)).toBeLessThan(
      logLoss({ target: unseen.target, score: Float64Array.from(unseen.target, (_, row) => truth(unseen, row)) }) + 0.04,
    );
  });

  it('leaves to the pair only what needs both features: each row and column averages to nothing', () => {
    const { contributions } = model.predict(training);
    const pair = contributions.at(-1)!;
    const high = Float64Array.from(training.columns[0]!, (value) => (value > 0 ? 1 : 0));
    const mean = pair.reduce((sum, value, row) => sum + value * high[row]!, 0) / high.reduce((sum, value) => sum + value, 0);
    expect(Math.abs(mean)).toBeLessThan(0.05);
  });

  it('averages each contribution to 0 over the training rows, so that the intercept is the average learner', () => {
    const { contributions, logOdds, intercept } = model.predict(training);
    for (const values of contributions) expect(values.reduce((sum, value) => sum + value, 0) / values.length).toBeCloseTo(0, 9);
    expect(logOdds.reduce((sum, value) => sum + value, 0) / logOdds.length).toBeCloseTo(intercept, 9);
  });

  it('learns from absence where it may', () => {
    const table = makeCheckTable(1000);
    const column = Float64Array.from(table.target, (y, row) => (y === 1 || row % 10 === 0 ? NaN : 1));
    const fitted = new GlassBox().fit({
      ...table,
      features: [...table.features, { name: 'marks known', family: 'marks' }],
      columns: [...table.columns, column],
    });
    const { values } = fitted.toLearned().curves.at(-1)!;
    expect(values[0]!).toBeGreaterThan(values[1]! + 1);
  });

  it('refuses settings out of range', () => {
    expect(() => new GlassBox({ bins: 500 })).toThrow(/254/);
    expect(() => new GlassBox({ bags: 1 })).toThrow(/bags/);
  });
});
