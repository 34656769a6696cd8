import { setImmediate } from 'node:timers/promises';
import { factId, type NewFact } from '@pharos/facts';
import { type FairnessReport } from '@pharos/fairness';
import { isModelError, learnedHash, restoreScorer } from '@pharos/learner-models';
import { type FairnessPolicy } from '@pharos/registry';
import { type KnownAttribute, type KnownClass } from '@pharos/warehouse';
import { cutsAtDay, dayNumber, splitByTime, weekNumber } from '../features/classes.js';
import { readFeatures } from '../features/feature-rows.js';
import { riskFeatures } from '../features/risk-features.js';
import { type JobScope } from '../running/job.js';
import { auditFact, auditReport } from './audit-model.js';
import { borrowedModel } from './borrowed.js';
import { choose, chosenByPerson, type GateOutcome } from './choose.js';
import { type Change, mitigated } from './mitigate-rows.js';
import { modelFacts, servedOf } from './model-record.js';
import { assumedRule, recipeNamed, recipes, ruleRecipe } from './recipes.js';
import { type ServedModel } from './score-risk.js';
import { type Decision, standingOf, triesOn } from './standing.js';
import { inputsOf } from './training-inputs.js';
import { endingsOf, labelRows, type LabelledRows, rowsOf, type Target } from './target.js';
import { trainRisk, type TrainedRisk } from './train-risk.js';

/** What the tenant decided, and who belongs to which group. */
export interface Decided {
  readonly target: Target;
  readonly threshold: number;
  readonly fairness: FairnessPolicy;
  readonly declared: readonly KnownAttribute[];
  readonly decisions: readonly Decision[];
  /** Of this run, for classes of other weeks: their tries were on the same held-out learners. */
  readonly ofThisRun?: readonly Decision[];
}

/** What serves classes of one week, and the facts that say how it came about. */
export interface SettledModel {
  readonly served: ServedModel;
  /** The rule, for courses whose inputs moved too far. */
  readonly standIn: ServedModel;
  /** What the model learned from; undefined where it learned nothing. */
  readonly training?: LabelledRows;
  readonly facts: readonly NewFact[];
  readonly heldOut: TrainedRisk['heldOut'] | null;
  /** Another tenant learned it: courses that cannot be compared with its training are the rule's. */
  readonly borrowed: boolean;
}

/**
 * The model for classes of one week, and the facts that say how it came about.
 *
 * @param onRead called when all is read that is learned from, so that the engine can go on while this thread computes
 */
export async function settleModel(
  scope: JobScope,
  group: readonly KnownClass[],
  completed: readonly KnownClass[],
  { target, threshold, fairness, declared, decisions, ofThisRun = [] }: Decided,
  onRead: () => void,
): Promise<SettledModel> {
  const day = medianDay(group, scope.asOf);
  const all = await labelled(scope, completed, day, target);
  onRead();
  await setImmediate(); // what was asked goes out before the fits hold this thread
  const { earlier, later } = splitByTime(completed);
  const names = { earlier: new Set(earlier.map((one) => one.class)), later: new Set(later.map((one) => one.class)) };
  const parts = { all, earlier: rowsOf(all, names.earlier), later: rowsOf(all, names.later) };
  const trained = train(parts, { change: fairness.mitigation, declared }, scope.seed);
  const rule = trained[0];
  if (!rule) {
    const choice =
      fairness.mitigation?.kind === 'rule' ? undefined : await borrowedModel(scope, { target, week: weekNumber(day), decisions });
    const standIn = coldStart();
    return {
      served: choice?.served ?? standIn,
      standIn,
      ...(choice && { training: choice.training }),
      facts: [],
      heldOut: null,
      borrowed: choice !== undefined,
    };
  }
  const judged = (later.length > 0 ? later : completed).map((one) => one.class);
  const about = {
    scope,
    target,
    week: weekNumber(day),
    threshold,
    classes: { learned: completed.map((one) => one.class), judged: later.map((one) => one.class) },
    all,
  };
  const audits = new Map<TrainedRisk, FairnessReport | null>();
  const audit = (one: TrainedRisk): FairnessReport | null => {
    if (!audits.has(one)) audits.set(one, auditReport(one, { threshold, declared }, scope.seed));
    return audits.get(one)!;
  };
  const lastEnd = completed.map((one) => one.end).sort().at(-1)!; // prettier-ignore
  const choice =
    fairness.mitigation?.kind === 'rule'
      ? chosenByPerson(rule, fairness.reason, { week: about.week, classes: judged })
      : choose(trained, {
          standing: standingOf(decisions, target, lastEnd), tries: triesOn([...decisions, ...ofThisRun], target, judged), gapsDecided: fairness.mitigation !== null, week: about.week, classes: judged,
          limitPer100: fairness.limitPer100, audit, seed: scope.seed,
        }); // prettier-ignore
  const recipe = recipeNamed(choice.chosen.recipe);
  const ground = { rule, training: { recipe, ...parts, seed: scope.seed }, declared, threshold, completed };
  const report = audit(choice.chosen);
  const facts = [
    ...trained.flatMap((one) => modelFacts(one, about, one === choice.chosen ? inputsOf(all, one.scorer) : undefined)),
    ...(report ? [await auditFact(choice.chosen, report, about, ground)] : []),
    ...choice.outcomes.map((outcome) => decisionFact(outcome, scope, target)),
  ];
  return {
    served: servedOf(choice.chosen),
    standIn: servedOf(rule),
    training: all,
    facts,
    heldOut: choice.chosen.heldOut,
    borrowed: false,
  };
}

/** The rule first. Recipes that cannot be fitted on these rows are left out; without the rule there is no model. */
function train(
  { all, earlier, later }: { readonly all: LabelledRows; readonly earlier: LabelledRows; readonly later: LabelledRows },
  { change, declared }: { readonly change: Change | null; readonly declared: readonly KnownAttribute[] },
  seed: number,
): readonly TrainedRisk[] {
  // What a person chose about fairness holds for models; the rule learns nothing that could be weighed or left out.
  const under = (recipe: (typeof recipes)[number], rows: LabelledRows) =>
    recipe === ruleRecipe ? rows : mitigated(rows, change, declared);
  const trained: TrainedRisk[] = [];
  for (const recipe of recipes.filter((one) => all.keys.length >= one.leastRows)) {
    try {
      trained.push(
        trainRisk(recipe, { earlier: under(recipe, earlier), later: under(recipe, later), all: under(recipe, all) }, seed, trained),
      );
    } catch (error) {
      // Too little to learn from is a state of the tenant, not a failure of the job: the rule serves, as it says itself.
      if (!isModelError(error) || !['too-few-rows', 'single-class', 'calibration-reversed'].includes(error.code)) throw error;
      if (recipe === ruleRecipe) return [];
    }
  }
  return trained;
}

/** Without outcomes the rule serves with assumed odds, which its learned values say. */
function coldStart(): ServedModel {
  const scorer = assumedRule(riskFeatures);
  const learned = { scorer: scorer.toLearned(), bands: null };
  return { model: learnedHash(learned), recipe: 'rule', scorer: restoreScorer(learned.scorer), bands: null };
}

async function labelled(scope: JobScope, completed: readonly KnownClass[], day: number, target: Target): Promise<LabelledRows> {
  const rows = await readFeatures(scope.warehouse, cutsAtDay(completed, day), scope.positions);
  const endings = await scope.warehouse.ask(endingsOf(target, completed, scope), 'jobs');
  return labelRows(rows, endings, target);
}

/** Each refit is put to use by a fact of its own, so that what serves is always a model that can be looked at. */
function decisionFact(
  { outcome, trained: { model, recipe }, reason, evidence }: GateOutcome,
  { tenant, asOf }: JobScope,
  target: string,
): NewFact {
  return {
    id: factId(outcome === 'promoted' ? 'promote' : 'reject', tenant, target, asOf, model),
    type: outcome === 'promoted' ? 'ModelPromoted' : 'ModelRejected',
    version: 1,
    tenant,
    key: model,
    occurredAt: asOf,
    knownAt: asOf,
    data: { model, recipe, target, by: 'gate', reason, evidence },
  };
}

const medianDay = (group: readonly KnownClass[], asOf: string): number =>
  group.map((one) => dayNumber(one.start, asOf)).sort((a, b) => a - b)[group.length >> 1]!;
