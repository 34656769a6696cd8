import { type GroupRows } from './group-rows.js';

/** NaN where the fit does not exist. */
export interface Calibration {
  readonly slope: number;
  readonly intercept: number;
  /** Height of the sloped line at log-odds 0; kept so that a resample's fit starts where it will nearly end. */
  readonly lineHeight: number;
}

export const NO_CALIBRATION: Calibration = { slope: Number.NaN, intercept: Number.NaN, lineHeight: Number.NaN };

const STEPS = 25;
/** Newton's error is about the square of its last change: 1e-12 is left of a value, 1e-4 of a resample, whose spread is far wider. */
const CLOSE = 1e-6;
const CLOSE_ENOUGH_FOR_A_RESAMPLE = 1e-2;
/** Beyond this the likelihood has no maximum: the classes are separated by the score. */
const RUNAWAY = 50;

/** Maximum of the likelihood of `label ~ a + b·logit`, by Newton's method; NaN where there is none. */
const fitLine = (rows: GroupRows, weight: Float64Array, start: { a: number; b: number }, close: number): { a: number; b: number } => {
  let { a, b } = start;
  for (let step = 0; step < STEPS; step++) {
    let [ga, gb, haa, hab, hbb] = [0, 0, 0, 0, 0];
    for (let row = 0; row < rows.label.length; row++) {
      const times = weight[rows.person[row]!]!;
      if (times === 0) continue;
      const x = rows.logit[row]!;
      const p = 1 / (1 + Math.exp(-(a + b * x)));
      const missed = times * (rows.label[row]! - p);
      const spread = times * p * (1 - p);
      ga += missed;
      gb += missed * x;
      haa += spread;
      hab += spread * x;
      hbb += spread * x * x;
    }
    const determinant = haa * hbb - hab * hab;
    if (!(determinant > 1e-12 * haa * hbb)) return { a: Number.NaN, b: Number.NaN };
    const da = (hbb * ga - hab * gb) / determinant;
    const db = (haa * gb - hab * ga) / determinant;
    a += da;
    b += db;
    if (Math.abs(a) > RUNAWAY || Math.abs(b) > RUNAWAY) return { a: Number.NaN, b: Number.NaN };
    if (Math.abs(da) < close && Math.abs(db) < close) return { a, b };
  }
  return { a: Number.NaN, b: Number.NaN };
};

/** Maximum of the likelihood of `label ~ a + logit`, by Newton's method; NaN where there is none. */
const fitShift = (rows: GroupRows, weight: Float64Array, start: number, close: number): number => {
  let a = start;
  for (let step = 0; step < STEPS; step++) {
    let gradient = 0;
    let curvature = 0;
    for (let row = 0; row < rows.label.length; row++) {
      const times = weight[rows.person[row]!]!;
      if (times === 0) continue;
      const p = 1 / (1 + Math.exp(-(a + rows.logit[row]!)));
      gradient += times * (rows.label[row]! - p);
      curvature += times * p * (1 - p);
    }
    const change = gradient / curvature;
    if (!Number.isFinite(change)) return Number.NaN;
    a += Math.max(-2, Math.min(2, change)); // a full step can overshoot where the curve is flat
    if (Math.abs(a) > RUNAWAY) return Number.NaN;
    if (Math.abs(change) < close) return a;
  }
  return Number.NaN;
};

/**
 * The line that would make a group's risks true: `slope` of the outcome on the log-odds (1 is right, under 1 too extreme),
 * and `intercept` with the slope held at 1 (0 is right, above 0 means that risks are too low).
 * Van Calster et al. 2016, "A calibration hierarchy for risk models". O(rows × a few steps).
 */
export function calibrate(rows: GroupRows, weight: Float64Array, from?: Calibration): Calibration {
  const close = from ? CLOSE_ENOUGH_FOR_A_RESAMPLE : CLOSE;
  const line = fitLine(rows, weight, from && Number.isFinite(from.slope) ? { a: from.lineHeight, b: from.slope } : { a: 0, b: 1 }, close);
  const shift = fitShift(rows, weight, from && Number.isFinite(from.intercept) ? from.intercept : 0, close);
  return { slope: line.b, intercept: shift, lineHeight: line.a };
}
