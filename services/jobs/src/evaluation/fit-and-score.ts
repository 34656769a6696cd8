import { BlendedScorer, isModelError, type RiskScorer } from '@pharos/learner-models';
import { type Recipe } from '../risk/recipes.js';
import { type LabelledRows } from '../risk/target.js';

/**
 * Log-odds that each recipe gives to rows it has not seen, fitted on all rows that were complete before. A recipe that these rows are too few
 * for, or that cannot be fitted on them, gives none. A mean reuses the fits of its members.
 */
export function fitAndScore(
  recipes: readonly Recipe[],
  training: LabelledRows,
  unseen: LabelledRows,
  seed: number,
): ReadonlyMap<string, Float64Array> {
  const fitted = new Map<string, RiskScorer>();
  const scores = new Map<string, Float64Array>();
  for (const recipe of recipes) {
    const scorer = training.keys.length < recipe.leastRows ? undefined : fit(recipe, training, fitted, seed);
    if (!scorer) continue;
    fitted.set(recipe.name, scorer);
    scores.set(recipe.name, scorer.predict(unseen.table, { explain: false }).logOdds);
  }
  return scores;
}

function fit({ make }: Recipe, training: LabelledRows, fitted: ReadonlyMap<string, RiskScorer>, seed: number): RiskScorer | undefined {
  if (typeof make !== 'function') {
    const members = make.meanOf.flatMap((name) => fitted.get(name) ?? []);
    return members.length < make.meanOf.length ? undefined : new BlendedScorer(members);
  }
  try {
    return make(seed).fit(training.table);
  } catch (error) {
    if (isModelError(error) && ['too-few-rows', 'single-class'].includes(error.code)) return undefined;
    throw error;
  }
}
