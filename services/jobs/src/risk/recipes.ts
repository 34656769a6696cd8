import { districtIndicators, type FeatureSpec, L2Logistic, type RiskModel, RiskRule } from '@pharos/learner-models';

/** A way to make a model: which kind, with which settings. Its name stands in every score. */
export interface Recipe {
  readonly name: string;
  readonly make: (seed: number) => RiskModel;
}

/** The plain rule: what every other recipe has to beat, and what serves where nothing can be learned. */
export const ruleRecipe: Recipe = { name: 'rule', make: () => new RiskRule({ indicators: districtIndicators }) };

export const recipes: readonly Recipe[] = [ruleRecipe, { name: 'logistic', make: (seed) => new L2Logistic({ seed }) }];

/** The rule with assumed odds, for a tenant without outcomes. */
export const assumedRule = (features: readonly FeatureSpec[]): RiskRule =>
  new RiskRule({ indicators: districtIndicators }).assume(features);
