import {
  CourseEffects, districtIndicators, type FeatureSpec, GlassBox, L2Logistic, type Learned, type LearnedCourseEffects, type LearnedLogistic, type RiskModel,
  RiskRule,
} from '@pharos/learner-models'; // prettier-ignore

/** A way to make a model: which kind, with which settings. Its name stands in every score. */
export interface Recipe {
  readonly name: string;
  /** Rows that it needs to be worth its time: with fewer, the plainer models are as good. */
  readonly leastRows: number;
  /**
   * How one is made, or the names of recipes whose log-odds are averaged.
   *
   * @param tuned learned values of an earlier fit of this recipe, whose choice of settings is taken over
   */
  readonly make: ((seed: number, tuned?: Learned) => RiskModel) | { readonly meanOf: readonly string[] };
}

/** The plain rule: what every other recipe has to beat, and what serves where nothing can be learned. */
export const ruleRecipe: Recipe = { name: 'rule', leastRows: 0, make: () => new RiskRule({ indicators: districtIndicators }) };

/** Strong penalties are among them: what carries over from year to year is less than what one year says (ADR 0015). */
const lambdas = [1, 10, 100, 300];

const logistic: Recipe = {
  name: 'logistic',
  leastRows: 0,
  // Choosing the penalty takes 20 fits; it is flat around its best, so it is chosen once per training.
  make: (seed, tuned) => new CourseEffects(new L2Logistic({ seed, lambda: tuned ? lambdaOf(tuned) : lambdas })),
};

/** Each bag stops on a fold of its own, which must not be empty. */
const bagsOfGlassBox = 8;

const glassBox: Recipe = {
  name: 'glass-box',
  leastRows: 5_000,
  make: (seed) =>
    new CourseEffects(new GlassBox({ seed, bags: bagsOfGlassBox, leafRows: 100, leafPenalty: 50, learningRate: 0.05 }), bagsOfGlassBox),
};

const blend: Recipe = { name: 'blend', leastRows: 5_000, make: { meanOf: [logistic.name, glassBox.name] } };

/** In this order: what a mean is of comes before it. */
export const recipes: readonly Recipe[] = [ruleRecipe, logistic, glassBox, blend];

export function recipeNamed(name: string): Recipe {
  const found = recipes.find((one) => one.name === name);
  if (!found) throw new RangeError(`no recipe is called ${name}`);
  return found;
}

/** The rule with assumed odds, for a tenant without outcomes. */
export const assumedRule = (features: readonly FeatureSpec[]): RiskRule =>
  new RiskRule({ indicators: districtIndicators }).assume(features);

/** The penalty that an earlier fit chose. */
function lambdaOf(tuned: Learned): number {
  const { model } = tuned as LearnedCourseEffects;
  return L2Logistic.fromLearned(model as LearnedLogistic).settings.lambda as number;
}
