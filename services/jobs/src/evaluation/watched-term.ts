import { probabilityOf, type RiskModel, rocAuc, topFraction } from '@pharos/learner-models';
import { completedClasses, cutsAtDay, endOfDay } from '../features/classes.js';
import { ruleRecipe } from '../risk/recipes.js';
import { labelRows, rowsOf, type Target } from '../risk/target.js';
import { type InputsFound, watchInputs } from '../risk/watch-inputs.js';
import { type EvaluationSource } from './evaluation-source.js';
import { fitAndScore } from './fit-and-score.js';

/** How well a tenth of the learners is named. */
export interface Naming {
  readonly auc: number;
  readonly precisionAt10: number;
}

/** A term as the watch over inputs would have met it, beside what came of the scores. */
export interface WatchedTerm {
  readonly rows: number;
  readonly found: InputsFound;
  /** The model's scores everywhere, as if nobody had watched. */
  readonly alone: Naming;
  /** The rule's scores in courses where the model was held back, the model's elsewhere. */
  readonly watched: Naming;
}

/**
 * Meets a past term on one day of it as the risk job would have: a model learns from what was complete by then, the watch compares the term's
 * features with those of training, and the rule stands in where they moved too far. What came of it is known by now.
 *
 * @param term its name, as classes have it
 * @param model not fitted yet
 * @param day days since the term's first class began
 * @throws RangeError for a term that there is not, or before which nothing was complete
 * @example (await watchTerm(ouladSource(tables), { term: '2014J', day: 28, target: 'not-passing', model: new L2Logistic({ seed: 1, lambda: 300 }), seed: 1 })).found.heldBack
 */
export async function watchTerm(
  source: EvaluationSource,
  { term, day, target, model, seed }: { readonly term: string; readonly day: number; readonly target: Target; readonly model: RiskModel; readonly seed: number },
): Promise<WatchedTerm> {
  const classes = source.ended.filter((one) => one.term === term);
  const start = classes.map((one) => one.start).sort()[0]; // prettier-ignore
  if (start === undefined) throw new RangeError(`no class is of the term ${term}`);
  const asOf = endOfDay(new Date(Date.parse(start) + day * 86_400_000).toISOString().slice(0, 10));
  const complete = new Set(completedClasses(await source.classesAt(asOf), asOf).map((one) => one.class));
  const all = labelRows(await source.features(cutsAtDay(source.ended, day)), source.outcomes, target);
  const [training, now] = [rowsOf(all, complete), rowsOf(all, new Set(classes.map((one) => one.class)))];
  if (training.keys.length === 0) throw new RangeError(`nothing was complete by day ${day} of ${term}`);
  const scorer = model.fit(training.table);
  const found = watchInputs(now, training, scorer);
  const scores = scorer.predict(now.table, { explain: false }).logOdds.map(probabilityOf);
  const rule = fitAndScore([ruleRecipe], training, now, seed).get(ruleRecipe.name)!.map(probabilityOf);
  const held = new Set(found.heldBack.map(({ course }) => course));
  const naming = (score: Float64Array): Naming => {
    const scored = { target: now.table.target, score };
    return { auc: rocAuc(scored), precisionAt10: topFraction(scored, 0.1).precision };
  };
  return {
    rows: now.keys.length,
    found,
    alone: naming(scores),
    watched: naming(scores.map((probability, row) => (held.has(now.keys[row]!.course) ? rule[row]! : probability))),
  };
} // prettier-ignore
