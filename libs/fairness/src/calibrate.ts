import { type GroupRows } from './group-rows.js';

// taken out of Math once: inside a virtual-machine context each look-up of a global costs more than the sum
const { abs, exp, max, min } = Math;

/** NaN where the fit does not exist. */
export interface Calibration {
  readonly slope: number;
  readonly intercept: number;
}

const STEPS = 25;
const CLOSE = 1e-8;
/** Beyond this the likelihood has no maximum: the classes are separated by the score. */
const RUNAWAY = 50;

/** Maximum of the likelihood of `label ~ a + b·logit`, by Newton's method; NaN where there is none. */
const fitLine = (rows: GroupRows): { a: number; b: number } => {
  let [a, b] = [0, 1];
  for (let step = 0; step < STEPS; step++) {
    let [ga, gb, haa, hab, hbb] = [0, 0, 0, 0, 0];
    for (let row = 0; row < rows.label.length; row++) {
      const x = rows.logit[row]!;
      const p = 1 / (1 + exp(-(a + b * x)));
      const missed = rows.label[row]! - p;
      const spread = p * (1 - p);
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
    if (abs(a) > RUNAWAY || abs(b) > RUNAWAY) return { a: Number.NaN, b: Number.NaN };
    if (abs(da) < CLOSE && abs(db) < CLOSE) return { a, b };
  }
  return { a: Number.NaN, b: Number.NaN };
};

/** Maximum of the likelihood of `label ~ a + logit`, by Newton's method; NaN where there is none. */
const fitShift = (rows: GroupRows): number => {
  let a = 0;
  for (let step = 0; step < STEPS; step++) {
    let gradient = 0;
    let curvature = 0;
    for (let row = 0; row < rows.label.length; row++) {
      const p = 1 / (1 + exp(-(a + rows.logit[row]!)));
      gradient += rows.label[row]! - p;
      curvature += p * (1 - p);
    }
    const change = gradient / curvature;
    if (!Number.isFinite(change)) return Number.NaN;
    a += max(-2, min(2, change)); // a full step can overshoot where the curve is flat
    if (abs(a) > RUNAWAY) return Number.NaN;
    if (abs(change) < CLOSE) return a;
  }
  return Number.NaN;
};

/** A group's calibration with the risks it gives each row, so that a resample needs no exponential. */
export interface CalibrationFit extends Calibration {
  readonly lineRisk: Float64Array;
  readonly shiftRisk: Float64Array;
}

/**
 * The line that would make a group's risks true: `slope` of the outcome on the log-odds (1 is right, under 1 too extreme),
 * and `intercept` with the slope held at 1 (0 is right, above 0 means that risks are too low).
 * Van Calster et al. 2016, "A calibration hierarchy for risk models". O(rows × a few steps).
 */
export function calibrate(rows: GroupRows): CalibrationFit {
  const line = fitLine(rows);
  const shift = fitShift(rows);
  return {
    slope: line.b,
    intercept: shift,
    lineRisk: rows.logit.map((x) => 1 / (1 + exp(-(line.a + line.b * x)))),
    shiftRisk: rows.logit.map((x) => 1 / (1 + exp(-(shift + x)))),
  };
}

/**
 * The calibration of a resample, by one Newton step from the group's own: what it leaves out is of the order of one over the rows,
 * far under the spread between resamples (Davidson & MacKinnon 1999, "Bootstrap testing in nonlinear models"). O(rows).
 */
export function recalibrate(
  { logit, person, label }: GroupRows,
  fit: CalibrationFit,
  weight: Int32Array,
  into: { slope: number; intercept: number },
): void {
  const { lineRisk, shiftRisk } = fit;
  let [ga, gb, haa, hab, hbb, gradient, curvature] = [0, 0, 0, 0, 0, 0, 0];
  for (let row = 0; row < logit.length; row++) {
    const times = weight[person[row]!]!;
    const x = logit[row]!;
    const outcome = label[row]!;
    const p = lineRisk[row]!;
    const missed = times * (outcome - p);
    const spread = times * p * (1 - p);
    const tilted = spread * x;
    ga += missed;
    gb += missed * x;
    haa += spread;
    hab += tilted;
    hbb += tilted * x;
    const risk = shiftRisk[row]!;
    gradient += times * (outcome - risk);
    curvature += times * risk * (1 - risk);
  }
  const determinant = haa * hbb - hab * hab;
  into.slope = determinant > 1e-12 * haa * hbb ? fit.slope + (haa * gb - hab * ga) / determinant : Number.NaN;
  into.intercept = curvature > 0 ? fit.intercept + gradient / curvature : Number.NaN;
}
