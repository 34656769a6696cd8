import { isModelError, learnedHash, restoreScorer } from '@pharos/learner-models';
import { factId, type NewFact } from '@pharos/facts';
import { type FairnessPolicy } from '@pharos/registry';
import { type KnownAttribute, type KnownClass, knownClasses, knownOutcomes, protectedAttributes } from '@pharos/warehouse';
import { type Job, type JobCounts, type JobScope } from '../running/job.js';
import { completedClasses, cutsAtDay, dayNumber, openClasses, splitByTime, weekNumber } from '../features/classes.js';
import { classMedians } from '../features/class-medians.js';
import { readFeatures } from '../features/feature-rows.js';
import { riskFeatures } from '../features/risk-features.js';
import { auditFact, selectionFact } from './audit-model.js';
import { choose, chosenByPerson } from './choose.js';
import { type Change, mitigated } from './mitigate-rows.js';
import { modelFacts, servedOf } from './model-record.js';
import { assumedRule, recipes, ruleRecipe } from './recipes.js';
import { scoreRisk, type ServedModel } from './score-risk.js';
import { isTarget, labelRows, type LabelledRows, rowsOf, type Target } from './target.js';
import { trainRisk, type TrainedRisk } from './train-risk.js';

const appendAtMost = 1_000;

/**
 * Scores every learner of every open class as of a moment, by models that learned from classes completed before it, as
 * those classes stood on the same day of theirs.
 *
 * Open classes are grouped by week: what can be known differs from week to week, so each week has models of its own.
 */
export const riskJob: Job = {
  name: 'risk',
  about: 'trains on completed classes, judges and audits the models, and scores every learner of the open ones',
  cron: '0 3 * * 1',
  run: scoreOpenClasses,
};

async function scoreOpenClasses(scope: JobScope): Promise<JobCounts> {
  const { asOf, warehouse, positions, registry } = scope;
  const policy = (await registry.policies.get('alerts')).value;
  if (!isTarget(policy.target)) throw new RangeError(`the policy's target ${policy.target} is not one that can be predicted`);
  const classes = await warehouse.ask(knownClasses({ asOf, positions: positions.offsets }), 'jobs');
  const fairness = (await registry.policies.get('fairness')).value;
  const declared = await warehouse.ask(protectedAttributes({ asOf, positions: positions.offsets }), 'jobs');
  const open = Map.groupBy(openClasses(classes, asOf), (one) => weekNumber(dayNumber(one.start, asOf)));
  let scored = 0;
  let trained = 0;
  for (const group of open.values()) {
    const { served, facts, heldOut } = await modelFor(scope, group, completedClasses(classes, asOf), {
      target: policy.target,
      threshold: policy.raiseAt,
      fairness,
      declared,
    });
    await append(scope, facts);
    trained += facts.filter((fact) => fact.type === 'ModelTrained').length;
    const rows = await readFeatures(warehouse, group.map((one) => ({ class: one.class, at: asOf })), positions); // prettier-ignore
    const scores = scoreRisk(rows, classMedians(rows), served, { tenant: scope.tenant, target: policy.target, asOf, positions });
    await append(scope, scores);
    const named = scores.flatMap((fact) => (fact.type === 'RiskScored' ? [fact.data] : []));
    await append(
      scope,
      selectionFact(
        scope,
        { model: served.model, recipe: served.recipe, target: policy.target, threshold: policy.raiseAt, scores: named, heldOut },
        declared,
      ),
    );
    scored += scores.length;
  }
  return { classes: [...open.values()].flat().length, trained, scored };
}

/** What the tenant decided, and who belongs to which group. */
interface Decided {
  readonly target: Target;
  readonly threshold: number;
  readonly fairness: FairnessPolicy;
  readonly declared: readonly KnownAttribute[];
}

/** The model for classes of one week, and the facts that say how it came about. */
async function modelFor(
  scope: JobScope,
  group: readonly KnownClass[],
  completed: readonly KnownClass[],
  { target, threshold, fairness, declared }: Decided,
): Promise<{ readonly served: ServedModel; readonly facts: readonly NewFact[]; readonly heldOut: TrainedRisk['heldOut'] | null }> {
  const day = medianDay(group, scope.asOf);
  const all = await labelled(scope, completed, day, target);
  const { earlier, later } = splitByTime(completed);
  const names = { earlier: new Set(earlier.map((one) => one.class)), later: new Set(later.map((one) => one.class)) };
  const parts = { all, earlier: rowsOf(all, names.earlier), later: rowsOf(all, names.later) };
  const trained = train(parts, { change: fairness.mitigation, declared }, scope.seed);
  const [rule, ...others] = trained;
  if (!rule) return { served: coldStart(), facts: [], heldOut: null };
  const choice = fairness.mitigation?.kind === 'rule' ? chosenByPerson(rule, others, fairness.reason) : choose(rule, others);
  const about = {
    scope,
    target,
    week: weekNumber(day),
    classes: { learned: completed.map((one) => one.class), judged: later.map((one) => one.class) },
    all,
  };
  const recipe = recipes.find((one) => one.name === choice.chosen.recipe)!;
  const ground = { rule, training: { recipe, ...parts, seed: scope.seed }, declared, threshold, completed };
  const facts = [...trained.flatMap((one) => modelFacts(one, about)), ...(await auditFact(choice.chosen, about, ground))];
  return { served: servedOf(choice.chosen), facts: [...facts, promotion(choice, scope, target)], heldOut: choice.chosen.heldOut };
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

async function labelled(
  { warehouse, asOf, positions }: JobScope,
  completed: readonly KnownClass[],
  day: number,
  target: Target,
): Promise<LabelledRows> {
  const rows = await readFeatures(warehouse, cutsAtDay(completed, day), positions);
  const view = { asOf, positions: positions.offsets };
  const outcomes = await warehouse.ask(knownOutcomes(completed.map((one) => one.class), view), 'jobs'); // prettier-ignore
  return labelRows(rows, outcomes, target);
}

/** Each refit is put to use by a fact of its own, so that what serves is always a model that can be looked at. */
function promotion(choice: ReturnType<typeof choose>, { tenant, asOf }: JobScope, target: string): NewFact {
  const { model, recipe } = choice.chosen;
  return {
    id: factId('promote', tenant, target, asOf, model),
    type: 'ModelPromoted',
    version: 1,
    tenant,
    key: model,
    occurredAt: asOf,
    knownAt: asOf,
    data: { model, recipe, target, by: 'gate', reason: choice.reason, evidence: choice.evidence },
  };
}

const medianDay = (group: readonly KnownClass[], asOf: string): number =>
  group.map((one) => dayNumber(one.start, asOf)).sort((a, b) => a - b)[group.length >> 1]!;

async function append({ home }: JobScope, facts: readonly NewFact[]): Promise<void> {
  for (let from = 0; from < facts.length; from += appendAtMost) await home.log.append(facts.slice(from, from + appendAtMost));
}
