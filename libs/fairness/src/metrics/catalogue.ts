import { type Metric } from '../tally.js';
import { auc } from './auc.js';
import { baseRate } from './base-rate.js';
import { brierScore } from './brier-score.js';
import { calibrationError } from './calibration-error.js';
import { calibrationIntercept } from './calibration-intercept.js';
import { calibrationSlope } from './calibration-slope.js';
import { falseNegativeRate } from './false-negative-rate.js';
import { falsePositiveRate } from './false-positive-rate.js';
import { precision } from './precision.js';
import { selectionRate } from './selection-rate.js';
import { truePositiveRate } from './true-positive-rate.js';

/** Every metric that is reported per group, by the name it has in the report. */
export const metrics = {
  baseRate,
  selectionRate,
  tpr: truePositiveRate,
  fpr: falsePositiveRate,
  fnr: falseNegativeRate,
  ppv: precision,
  auc,
  brier: brierScore,
  ece: calibrationError,
  calibrationSlope,
  calibrationIntercept,
} satisfies Record<string, Metric>;

export type MetricName = keyof typeof metrics;
export const metricNames = Object.keys(metrics) as MetricName[];
