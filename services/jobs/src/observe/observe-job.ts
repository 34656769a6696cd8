import { factId, type NewFact } from '@pharos/facts';
import { knownClasses, modelHistory, protectedAttributes, servedScores } from '@pharos/warehouse';
import { completedClasses } from '../features/classes.js';
import { type Metric } from '../risk/judge.js';
import { type Ending, endingsOf, isTarget, targets } from '../risk/target.js';
import { type Job, type JobCounts, type JobScope } from '../running/job.js';
import { observedReport, type ServedOutcome } from './observed.js';

/** Scores of every fourth week are looked at: those between say much the same of the same learners. */
const everyWeeks = 4;

/** Sets what models served against what happened, once for each class whose outcomes have arrived. */
export const observeJob: Job = {
  name: 'observe',
  about: 'sets what models said of classes that have ended against what happened, and raises a concern where it left the backtest',
  cron: '0 5 * * 1',
  run: observeEnded,
};

async function observeEnded(scope: JobScope): Promise<JobCounts> {
  const { asOf, warehouse, positions, registry, home, tenant, seed } = scope;
  const view = { asOf, positions: positions.offsets };
  const { target, raiseAt: threshold } = (await registry.policies.get('alerts')).value;
  if (!isTarget(target)) throw new RangeError(`the policy's target ${String(target)} is not one that can be predicted`);
  const before = await warehouse.ask(modelHistory({ ...view, type: 'ModelObserved' }), 'jobs');
  const seen = new Set(
    before.flatMap((entry) => (entry.type === 'ModelObserved' && entry.data.target === target ? entry.data.classes : [])),
  );
  const ended = completedClasses(await warehouse.ask(knownClasses(view), 'jobs'), asOf, target).filter((one) => !seen.has(one.class));
  if (ended.length === 0) return { classes: 0, observed: 0, concerns: 0 };
  const classes = ended.map((one) => one.class);
  const outcomes = await warehouse.ask(endingsOf(target, ended, scope), 'jobs');
  const declared = await warehouse.ask(protectedAttributes(view), 'jobs');
  const served = withOutcomes(await warehouse.ask(servedScores(target, classes, everyWeeks, asOf), 'jobs'), outcomes, target);
  const facts: NewFact[] = [];
  let concerns = 0;
  for (const [model, some] of Map.groupBy(served, (one) => one.model)) {
    const report = observedReport({ served: some, threshold, backtest: await backtestOf(scope, model), declared, seed });
    concerns += Number(report.concern);
    const covered = [...new Set(some.map((one) => one.class))].sort();
    facts.push({
      id: factId('observed', tenant, target, model, ...covered),
      type: 'ModelObserved', version: 1, tenant, key: model, occurredAt: asOf, knownAt: asOf,
      data: { model, recipe: some[0]!.recipe, target, asOf, classes: covered, report },
    }); // prettier-ignore
  }
  if (facts.length > 0) await home.log.append(facts);
  return { classes: classes.length, observed: facts.length, concerns };
}

function withOutcomes(
  scores: readonly Omit<ServedOutcome, 'failed'>[],
  outcomes: readonly Ending[],
  target: keyof typeof targets,
): ServedOutcome[] {
  const ended = new Map(outcomes.map((one) => [`${one.class}\n${one.learner}`, targets[target](one.outcome)]));
  return scores.flatMap((score) => {
    const failed = ended.get(`${score.class}\n${score.learner}`);
    return failed === undefined ? [] : [{ ...score, failed }];
  });
}

/** What the model was judged by when it was trained; nothing for the rule with assumed odds, which was never judged. */
async function backtestOf({ warehouse, asOf, positions }: JobScope, model: string): Promise<Readonly<Record<string, Metric>>> {
  const [entry] = await warehouse.ask(modelHistory({ asOf, positions: positions.offsets, model, type: 'ModelTrained' }), 'jobs');
  return entry?.type === 'ModelTrained' ? entry.data.validation.metrics : {};
}
