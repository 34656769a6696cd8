import { type ObservedReport } from '@pharos/facts';
import { type KnownAttribute, type ServedScore } from '@pharos/warehouse';
import { type Metric } from '../risk/judge.js';
import { servingFigures, servingNames } from '../risk/serving-figures.js';
import { groupsOf } from '../risk/declared-groups.js';

/** A score that was served, and how the enrolment ended. */
export interface ServedOutcome extends ServedScore {
  readonly failed: boolean;
}

export interface ObservedInput {
  readonly served: readonly ServedOutcome[];
  readonly threshold: number;
  /** Metrics of the model's backtest, by name; a name that it lacks cannot be compared. */
  readonly backtest: Readonly<Record<string, Metric>>;
  readonly declared: readonly KnownAttribute[];
  readonly seed: number;
}

/** Rows of a group under which its rates are little but chance, and have no intervals. */
const smallestGroup = 30;
const resamples = 200;

/** The direction in which a figure gets worse; the calibration gap in both. */
const worseUp = { precision: false, falseNegativeRate: true, calibrationGap: null, logLoss: true } as const;

/**
 * What was served, set against what happened. A figure has left the backtest when it lies outside the backtest's interval
 * and the difference is beyond chance, for both are samples: intervals of which each leaves out the other's value differ so in one of six pairs of like ones. A figure that left for the worse is a concern.
 */
export function observedReport({ served, threshold, backtest, declared, seed }: ObservedInput): ObservedReport {
  const observed = servingFigures(scoredOf(served), threshold, seed, resamples);
  const figures = servingNames.map((name) => {
    const promised = backtest[servedMetric[name]] ?? null;
    return { name, observed: observed[name], backtest: promised, outside: promised !== null && hasLeft(observed[name], promised) };
  });
  const groups = Object.entries(groupsOf(served, declared)).flatMap(([attribute, of]) =>
    [...new Set(of)].flatMap((group) => (group === null ? [] : [{ attribute, group, rows: served.filter((_, row) => of[row] === group) }])),
  );
  return {
    version: 1,
    rows: served.length,
    threshold,
    named: served.filter(({ probability }) => probability >= threshold).length,
    figures,
    // Kept whole, small groups too; whoever shows them withholds what would tell of few people.
    groups: groups.map(({ attribute, group, rows }) => ({ attribute, group, n: rows.length, ...ratesOf(rows, threshold, seed) })),
    withheld: 0,
    concern: figures.some(({ name, observed: now, backtest: then, outside }) => outside && isWorse(name, now.value!, then!.value!)),
  };
}

/** Names under which a backtest keeps the same figures. */
export const servedMetric = {
  precision: 'servedPrecision',
  falseNegativeRate: 'servedFalseNegativeRate',
  calibrationGap: 'servedCalibrationGap',
  logLoss: 'logLoss',
} as const;

/** Outside of the backtest's interval, by more than the chance of both samples explains: their intervals' halves on the sides that face each other, added as spreads are. */
function hasLeft(now: Metric, then: Metric): boolean {
  if (now.value === null || now.low === null || now.high === null || then.value === null || then.low === null || then.high === null)
    return false;
  const above = now.value - then.value;
  if (above > 0) return now.value > then.high && above > Math.hypot(then.high - then.value, now.value - now.low);
  return now.value < then.low && -above > Math.hypot(then.value - then.low, now.high - now.value);
}

function isWorse(name: keyof typeof worseUp, now: number, then: number): boolean {
  const up = worseUp[name];
  return up === null ? Math.abs(now) > Math.abs(then) : up ? now > then : now < then;
}

function ratesOf(rows: readonly ServedOutcome[], threshold: number, seed: number): Omit<ObservedReport['groups'][number], 'attribute' | 'group' | 'n'> {
  const named = rows.filter(({ probability }) => probability >= threshold);
  const failed = rows.filter((row) => row.failed);
  const right = named.filter((row) => row.failed).length;
  const missed = failed.length - right;
  const share = (part: number, of: number): number | null => (of === 0 ? null : part / of);
  const people = (holds: (row: ServedOutcome, isNamed: boolean) => boolean): number =>
    new Set(rows.filter((row) => holds(row, row.probability >= threshold)).map(({ learner }) => learner)).size;
  const { precision, falseNegativeRate, calibrationGap } =
    rows.length < smallestGroup ? nothing : servingFigures(scoredOf(rows), threshold, seed, resamples);
  return {
    precision: share(right, named.length),
    falseNegativeRate: share(missed, failed.length),
    people: {
      all: people(() => true),
      right: people((row, isNamed) => row.failed && isNamed),
      wrong: people((row, isNamed) => !row.failed && isNamed),
      missed: people((row, isNamed) => row.failed && !isNamed),
      passed: people((row) => !row.failed),
    },
    figures: precision && falseNegativeRate && calibrationGap ? { precision, falseNegativeRate, calibrationGap } : null,
  };
} // prettier-ignore

const nothing = { precision: null, falseNegativeRate: null, calibrationGap: null };

/** Scores beside outcomes, people numbered. */
function scoredOf(served: readonly ServedOutcome[]): {
  readonly score: Float64Array;
  readonly target: Uint8Array;
  readonly person: Int32Array;
} {
  const numbers = new Map<string, number>();
  return {
    score: Float64Array.from(served, ({ probability }) => probability),
    target: Uint8Array.from(served, ({ failed }) => Number(failed)),
    person: Int32Array.from(served, ({ learner }) => numbers.get(learner) ?? (numbers.set(learner, numbers.size), numbers.size - 1)),
  };
}
