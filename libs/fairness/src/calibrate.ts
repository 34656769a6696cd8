import { type GroupRows } from './group-rows.js';

// taken out of Math once: inside a virtual-machine context each look-up of a global costs more than the sum
const { abs, exp, log1p, max, min, sqrt } = Math;

/** NaN where the fit does not exist. */
export interface Calibration {
  readonly slope: number;
  readonly intercept: number;
}

const STEPS = 60;
const CLOSE = 1e-8;
/** Beyond this, in spreads of the log-odds, the likelihood has no maximum: the classes are separated by the score. */
const RUNAWAY = 50;
/** Relative rounding of a sum of so many logarithms. */
const ROUNDING = 1e-12;
/** A step that was halved so often goes nowhere. */
const SHORTEST = 1e-9;

/** Negative log-likelihood of `label ~ a + b·z`, z being log-odds less their mean in units of their spread. */
const lossOf = ({ label, logit }: GroupRows, { mean, spread }: Spread, a: number, b: number): number => {
  let loss = 0;
  for (let row = 0; row < label.length; row++) {
    const x = a + (b * (logit[row]! - mean)) / spread;
    loss += max(x, 0) + log1p(exp(-abs(x))) - label[row]! * x;
  }
  return loss;
};

interface Spread {
  readonly mean: number;
  /** 0 where all scores are one. */
  readonly spread: number;
}

const spreadOf = (logit: Float64Array): Spread => {
  let sum = 0;
  for (const x of logit) sum += x;
  const mean = sum / logit.length;
  let squares = 0;
  for (const x of logit) squares += (x - mean) ** 2;
  const spread = sqrt(squares / logit.length);
  return { mean, spread: spread > 1e-12 * (1 + abs(mean)) ? spread : 0 };
};

/**
 * Maximum of the likelihood of `label ~ a + b·logit`, by Newton's method; NaN where there is none. Steps are halved until the likelihood
 * rises: from scores that are far too sure of themselves (a forest's zeros and ones) whole steps run away, though there is a maximum.
 */
const fitLine = (rows: GroupRows): { a: number; b: number } => {
  const units = spreadOf(rows.logit);
  const { mean, spread } = units;
  const none = { a: Number.NaN, b: Number.NaN };
  if (spread === 0) return none;
  let [a, b] = [mean, spread];
  let loss = lossOf(rows, units, a, b);
  for (let step = 0; step < STEPS; step++) {
    let [ga, gb, haa, hab, hbb] = [0, 0, 0, 0, 0];
    for (let row = 0; row < rows.label.length; row++) {
      const z = (rows.logit[row]! - mean) / spread;
      const p = 1 / (1 + exp(-(a + b * z)));
      const missed = rows.label[row]! - p;
      const weight = p * (1 - p);
      ga += missed;
      gb += missed * z;
      haa += weight;
      hab += weight * z;
      hbb += weight * z * z;
    }
    const determinant = haa * hbb - hab * hab;
    if (!(determinant > 1e-12 * haa * hbb)) return none;
    let da = (hbb * ga - hab * gb) / determinant;
    let db = (haa * gb - hab * ga) / determinant;
    if (abs(da) < CLOSE && abs(db) < CLOSE) return { a: a + da - ((b + db) * mean) / spread, b: (b + db) / spread };
    let tried = lossOf(rows, units, a + da, b + db);
    // near the maximum a step changes the sum by less than its rounding
    for (let length = 1; !(tried <= loss + ROUNDING * (1 + loss)) && length > SHORTEST; length /= 2) {
      da /= 2;
      db /= 2;
      tried = lossOf(rows, units, a + da, b + db);
    }
    a += da;
    b += db;
    loss = tried;
    if (abs(a) > RUNAWAY || abs(b) > RUNAWAY) return none;
  }
  return none;
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
