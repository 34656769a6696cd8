import { type FactNamed } from '@pharos/facts';
import { type RiskScorer } from '@pharos/learner-models';
import { riskFeatures } from '../features/risk-features.js';
import { type LabelledRows } from './target.js';
import { watchSettings, weightsOf } from './watch-inputs.js';

export type TrainingInputs = NonNullable<FactNamed<'ModelTrained'>['data']['inputs']>;

/** Rows by which training is told of: enough for the watch to compare with. */
const rows = 60;
/** Learners that each quantile stands for at least, so that none is one learner's value. */
const perQuantile = 10;
const digits = 4;

/**
 * What the features that a model rests on looked like in training; undefined where its learners are too few for quantiles that are nobody's
 * own. O(features × n log n).
 */
export function inputsOf({ table }: LabelledRows, scorer: RiskScorer): TrainingInputs | undefined {
  if (table.rows < rows * perQuantile) return undefined;
  const weights = weightsOf(scorer, table);
  return table.features.flatMap(({ name }, at) => {
    if (weights[at]! < watchSettings.leastWeight) return [];
    const known = Float64Array.from(table.columns[at]!).filter((value) => !Number.isNaN(value)).sort(); // prettier-ignore
    const told = Math.min(rows, Math.floor(known.length / perQuantile));
    const quantiles = Array.from({ length: told }, (_, place) => Number(known[Math.floor(((place + 0.5) / told) * known.length)]!.toPrecision(digits)));
    return [{ feature: name, missing: 1 - known.length / table.rows, quantiles }];
  });
} // prettier-ignore

/** Rows that have these quantiles and missing shares, to be compared with: each feature by itself is as it was, what goes together is not. */
export function inputsAsRows(inputs: TrainingInputs): LabelledRows {
  const of = new Map(inputs.map((one) => [one.feature, one]));
  const columns = riskFeatures.map(({ name }) => {
    const known = of.get(name);
    const present = known && known.quantiles.length > 0 ? Math.round((1 - known.missing) * rows) : 0;
    return Float64Array.from({ length: rows }, (_, row) =>
      row < present ? known!.quantiles[Math.floor(((row + 0.5) / present) * known!.quantiles.length)]! : NaN,
    );
  });
  const none = new Int32Array(rows);
  const keys = Array.from({ length: rows }, () => ({ learner: '', class: '', term: '', course: '', school: '', dayNumber: 0 }));
  const table = { features: riskFeatures, columns, rows, course: keys.map(({ course }) => course), block: none, declared: {} };
  return { keys, table: { ...table, group: none, target: new Uint8Array(rows) } };
}
