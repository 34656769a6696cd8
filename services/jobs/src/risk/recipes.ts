import { districtIndicators, type FeatureSpec, GlassBox, L2Logistic, type Learned, type RiskModel, RiskRule } from '@pharos/learner-models';

/** A way to make a model: which kind, with which settings. Its name stands in every score. */
export interface Recipe {
  readonly name: string;
  /** Rows that it needs to be worth its time: with fewer, the plainer models are as good. */
  readonly leastRows: number;
  /** @param tuned learned values of an earlier fit of this recipe, whose choice of settings is taken over */
  readonly make: (seed: number, tuned?: Learned) => RiskModel;
}

/** The plain rule: what every other recipe has to beat, and what serves where nothing can be learned. */
export const ruleRecipe: Recipe = { name: 'rule', leastRows: 0, make: () => new RiskRule({ indicators: districtIndicators }) };

const logistic: Recipe = {
  name: 'logistic',
  leastRows: 0,
  // Choosing the penalty takes 25 fits; it is flat around its best, so it is chosen once per training.
  make: (seed, tuned) => new L2Logistic({ seed, ...(tuned ? { lambda: L2Logistic.fromLearned(tuned as never).settings.lambda } : {}) }),
};

const glassBox: Recipe = { name: 'glass-box', leastRows: 5_000, make: (seed) => new GlassBox({ seed }) };

export const recipes: readonly Recipe[] = [ruleRecipe, logistic, glassBox];

/** The rule with assumed odds, for a tenant without outcomes. */
export const assumedRule = (features: readonly FeatureSpec[]): RiskRule =>
  new RiskRule({ indicators: districtIndicators }).assume(features);
