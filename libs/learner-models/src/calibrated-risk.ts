import { type FeatureSpec, type LearnerTable } from './learner-table.js';
import { additivePrediction, probabilityOf } from './log-odds.js';
import { ModelError } from './model-error.js';
import { fitPlatt, type Platt } from './platt.js';
import { type Learned, type ModelKind, type Prediction, type PredictOptions, type RiskScorer, type Term } from './risk-model.js';

export interface LearnedCalibration extends Learned {
  readonly kind: 'calibrated';
  readonly version: 1;
  readonly platt: Platt;
  readonly model: Learned;
}

/**
 * A fitted model whose log-odds were set right on later data that it had not seen. Slope and intercept go into the contributions,
 * so that they still add up, and the ranking stays the model's.
 */
export class CalibratedRisk implements RiskScorer {
  constructor(
    readonly model: RiskScorer,
    readonly platt: Platt,
  ) {
    if (!(platt.slope > 0 && platt.slope < Infinity && Number.isFinite(platt.intercept))) {
      throw new ModelError('calibration-reversed', `on later data a higher score did not mean a higher risk (slope ${platt.slope})`);
    }
  }

  get kind(): ModelKind {
    return this.model.kind;
  }

  get features(): readonly FeatureSpec[] {
    return this.model.features;
  }

  get terms(): readonly Term[] {
    return this.model.terms;
  }

  predict(table: LearnerTable, options: PredictOptions = {}): Prediction {
    const { slope, intercept } = this.platt;
    const raw = this.model.predict(table, options);
    const shifted = intercept + slope * raw.intercept;
    if (options.explain === false) {
      const logOdds = raw.logOdds.map((value) => intercept + slope * value);
      return { ...raw, intercept: shifted, logOdds, probability: logOdds.map(probabilityOf) };
    }
    const contributions = raw.contributions.map((values) => values.map((value) => slope * value));
    return additivePrediction(shifted, raw.terms, contributions, raw.rows);
  }

  toLearned(): LearnedCalibration {
    return { kind: 'calibrated', version: 1, platt: this.platt, model: this.model.toLearned() };
  }
}

/**
 * Calibrates a fitted model on held-out later rows (Platt scaling of the log-odds). O(rows × features).
 *
 * @param heldOut rows with outcomes that played no part in the fit
 * @throws ModelError 'no-target', 'single-class', 'calibration-reversed'
 * @example calibrate(new L2Logistic().fit(earlier), later).predict(now)
 */
export function calibrate(model: RiskScorer, heldOut: LearnerTable): CalibratedRisk {
  if (!heldOut.target) throw new ModelError('no-target', 'calibration needs outcomes');
  const target = Uint8Array.from(heldOut.target, (value, row) => {
    if (value !== 0 && value !== 1) throw new ModelError('bad-target', `the outcome of row ${row} is ${value}; it must be 0 or 1`);
    return value;
  });
  const { logOdds } = model.predict(heldOut, { explain: false });
  return new CalibratedRisk(model, fitPlatt(logOdds, target, heldOut.weight));
}
