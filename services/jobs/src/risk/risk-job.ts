import { type NewFact } from '@pharos/facts';
import { rowsWhere, selectRows } from '@pharos/learner-models';
import { knownClasses, modelHistory, protectedAttributes } from '@pharos/warehouse';
import { type Job, type JobCounts, type JobScope } from '../running/job.js';
import { classMedians } from '../features/class-medians.js';
import { completedClasses, dayNumber, openClasses, weekNumber } from '../features/classes.js';
import { type FeatureRows, readFeatures } from '../features/feature-rows.js';
import { selectionFact } from './audit-model.js';
import { ruleRecipe } from './recipes.js';
import { scoreRisk, type Scoring, type ServedModel } from './score-risk.js';
import { settleModel } from './settle-model.js';
import { type Decision, decisionsIn } from './standing.js';
import { isTarget } from './target.js';
import { inputsFact, watchInputs } from './watch-inputs.js';

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
  if (!isTarget(policy.target)) throw new RangeError(`the policy's target ${String(policy.target)} is not one that can be predicted`);
  const classes = await warehouse.ask(knownClasses({ asOf, positions: positions.offsets }), 'jobs');
  const fairness = (await registry.policies.get('fairness')).value;
  const declared = await warehouse.ask(protectedAttributes({ asOf, positions: positions.offsets }), 'jobs');
  const open = Map.groupBy(openClasses(classes, asOf), (one) => weekNumber(dayNumber(one.start, asOf)));
  const decided = { target: policy.target, threshold: policy.raiseAt, fairness, declared, decisions: await decisionsSoFar(scope) };
  const about = { target: policy.target, asOf, positions };
  let [scored, trained, moved] = [0, 0, 0];
  const ofThisRun: Decision[] = [];
  for (const group of open.values()) {
    let reading: Promise<FeatureRows> | undefined;
    const read = (): Promise<FeatureRows> => (reading ??= readFeatures(warehouse, group.map((one) => ({ class: one.class, at: asOf })), positions)); // prettier-ignore
    const onRead = (): void => void read().catch(() => undefined); // met when the rows are asked for
    const { served, standIn, training, facts, heldOut, borrowed } = await settleModel(
      scope,
      group,
      completedClasses(classes, asOf, policy.target),
      { ...decided, ofThisRun },
      onRead,
    );
    ofThisRun.push(...decisionsIn(facts));
    await append(scope, facts);
    trained += facts.filter((fact) => fact.type === 'ModelTrained').length;
    const rows = await read();
    const found =
      training && served.recipe !== ruleRecipe.name
        ? watchInputs(rows, training, served.scorer, borrowed ? 'held-back' : 'scored')
        : undefined;
    if (found) await append(scope, [inputsFact(scope, served, standIn, { target: policy.target, now: rows, found })]);
    moved += found?.moved.length ?? 0;
    const heldBack = new Set(found?.heldBack.map(({ course }) => course));
    const scores = scoreBoth(rows, { served, standIn, heldBack }, { tenant: scope.tenant, ...about });
    await append(scope, scores);
    // Selection is that of the model: where the rule stood in, it named nobody.
    const named = scores.flatMap((fact) => (fact.type === 'RiskScored' && fact.data.model === served.model ? [fact.data] : []));
    const selected = {
      model: served.model,
      recipe: served.recipe,
      target: policy.target,
      threshold: policy.raiseAt,
      scores: named,
      heldOut,
    };
    await append(scope, selectionFact(scope, selected, declared));
    scored += scores.length;
  }
  return { classes: [...open.values()].flat().length, trained, scored, moved };
}

/** What was promoted and rejected so far, newest first: by what the run may rest on, so that a repeat of it decides the same. */
async function decisionsSoFar({ warehouse, asOf, positions }: JobScope): Promise<readonly Decision[]> {
  const view = { asOf, positions: positions.offsets };
  const both = await Promise.all(
    (['ModelPromoted', 'ModelRejected'] as const).map((type) => warehouse.ask(modelHistory({ ...view, type }), 'jobs')),
  );
  return both
    .flat()
    .filter((entry): entry is Decision => entry.type === 'ModelPromoted' || entry.type === 'ModelRejected')
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}

/** A model whose inputs moved too far in a course does not score there: the rule does. */
function scoreBoth(
  rows: FeatureRows,
  { served, standIn, heldBack }: { readonly served: ServedModel; readonly standIn: ServedModel; readonly heldBack: ReadonlySet<string> },
  scoring: Scoring,
): readonly NewFact[] {
  const medians = classMedians(rows);
  if (heldBack.size === 0) return scoreRisk(rows, medians, served, scoring);
  const part = (held: boolean): FeatureRows => {
    const chosen = rowsWhere(rows.keys.length, (row) => heldBack.has(rows.keys[row]!.course) === held);
    return { keys: [...chosen].map((row) => rows.keys[row]!), table: selectRows(rows.table, chosen) };
  };
  return [...scoreRisk(part(false), medians, served, scoring), ...scoreRisk(part(true), medians, standIn, scoring)];
}

async function append({ home }: JobScope, facts: readonly NewFact[]): Promise<void> {
  for (let from = 0; from < facts.length; from += appendAtMost) await home.log.append(facts.slice(from, from + appendAtMost));
}
