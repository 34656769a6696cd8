import { checkSameFeatures, type LearnerTable } from '../learner-table.js';
import { normalTail } from '../metrics/normal-tail.js';
import { benjaminiHochberg } from './benjamini-hochberg.js';
import { kolmogorovSmirnov } from './kolmogorov-smirnov.js';
import { populationStability, presentOf } from './population-stability.js';

/** How far one feature has moved from what the model learned on. */
export interface FeatureDrift {
  readonly feature: string;
  readonly stability: number;
  /** Kolmogorov-Smirnov statistic of the present values; NaN where a side has none. */
  readonly gap: number;
  readonly missingBefore: number;
  readonly missingNow: number;
  /** Chance of a move this large, in values or in missing share, were nothing to have changed. */
  readonly pValue: number;
  /** The same, with the number of features accounted for (Benjamini-Hochberg). */
  readonly adjusted: number;
}

/**
 * Compares each feature about to be scored with training: values by Kolmogorov-Smirnov, missing shares by a test of two proportions,
 * the smaller p-value counted twice. Rows are taken as independent. O(features × n log n).
 *
 * @returns in the order of the features
 * @throws ModelError 'features-differ'; RangeError when a table is empty
 * @example featureDrift(training, thisWeek).filter(({ adjusted, stability }) => adjusted < 0.01 && stability > 0.25)
 */
export function featureDrift(before: LearnerTable, now: LearnerTable): FeatureDrift[] {
  checkSameFeatures(before.features, now.features);
  const found = before.features.map(({ name }, at) => {
    const valuesBefore = presentOf(before.columns[at]!);
    const valuesNow = presentOf(now.columns[at]!);
    const comparable = valuesBefore.length > 0 && valuesNow.length > 0;
    const values = comparable ? kolmogorovSmirnov(valuesBefore, valuesNow) : { statistic: NaN, pValue: 1 };
    const absence = twoProportions(before.rows - valuesBefore.length, before.rows, now.rows - valuesNow.length, now.rows);
    return {
      feature: name,
      stability: populationStability(before.columns[at]!, now.columns[at]!),
      gap: values.statistic,
      missingBefore: 1 - valuesBefore.length / before.rows,
      missingNow: 1 - valuesNow.length / now.rows,
      pValue: Math.min(1, 2 * Math.min(values.pValue, absence)),
    };
  });
  const adjusted = benjaminiHochberg(found.map(({ pValue }) => pValue));
  return found.map((drift, at) => ({ ...drift, adjusted: adjusted[at]! }));
}

/** Two-sided p-value of the pooled test of two proportions. */
function twoProportions(hits: number, trials: number, otherHits: number, otherTrials: number): number {
  const pooled = (hits + otherHits) / (trials + otherTrials);
  const spread = Math.sqrt(pooled * (1 - pooled) * (1 / trials + 1 / otherTrials));
  return spread === 0 ? 1 : 2 * normalTail(Math.abs(hits / trials - otherHits / otherTrials) / spread);
}
