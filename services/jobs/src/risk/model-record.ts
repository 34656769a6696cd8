import { factId, type NewFact } from '@pharos/facts';
import { servedMetric } from '../observe/observed.js';
import { type JobScope } from '../running/job.js';
import { type Metric } from './judge.js';
import { judgeCourses } from './judge-courses.js';
import { servingFigures, servingNames } from './serving-figures.js';
import { type ServedModel } from './score-risk.js';
import { type LabelledRows, type Target } from './target.js';
import { type TrainingInputs } from './training-inputs.js';
import { type TrainedRisk } from './train-risk.js';

/** What a model was made for and from. */
export interface ModelOrigin {
  readonly scope: JobScope;
  readonly target: Target;
  readonly week: number;
  /** Probability from which on learners count as named: the tenant's. */
  readonly threshold: number;
  readonly classes: { readonly learned: readonly string[]; readonly judged: readonly string[] };
  readonly all: LabelledRows;
}

/** The fact that stores learned values under their hash, with what they were learned from and how they were judged. */
export function modelFacts(
  trained: TrainedRisk,
  { scope, target, week, classes, all, threshold }: ModelOrigin,
  inputs?: TrainingInputs,
): readonly NewFact[] {
  const { tenant, asOf, positions, seed } = scope;
  const { target: labels } = all.table;
  return [
    {
      id: factId('model', tenant, target, asOf, trained.model),
      type: 'ModelTrained',
      version: 1,
      tenant,
      key: trained.model,
      occurredAt: asOf,
      knownAt: asOf,
      data: {
        model: trained.model,
        recipe: trained.recipe,
        target,
        week,
        asOf,
        positions,
        seed,
        features: trained.scorer.features.map((feature) => feature.name),
        window: {
          classes: [...classes.learned],
          rows: all.keys.length,
          learners: new Set(all.keys.map((key) => key.learner)).size,
          baseRate: labels.reduce((sum, label) => sum + label, 0) / labels.length,
        },
        validation: {
          method: trained.method,
          classes: [...classes.judged],
          rows: trained.heldOut.target.length,
          metrics: { ...trained.judgement.metrics, ...promised(trained, threshold, seed) },
          reliability: trained.judgement.reliability.map(({ from, to, count, meanProbability, rate }) => ({
            from,
            to,
            n: count,
            predicted: meanProbability,
            observed: rate,
          })),
          courses: [...judgeCourses(trained.heldOut, seed)],
        },
        learned: trained.learned,
        ...(inputs === undefined ? {} : { inputs }),
      },
    },
  ];
}

/** What the observation will look at when outcomes arrive, as the backtest has it. */
function promised({ heldOut }: TrainedRisk, threshold: number, seed: number): Readonly<Record<string, Metric>> {
  const figures = servingFigures(heldOut, threshold, seed);
  return Object.fromEntries(servingNames.filter((name) => name !== 'logLoss').map((name) => [servedMetric[name], figures[name]]));
}

export const servedOf = (trained: TrainedRisk): ServedModel => ({
  model: trained.model,
  recipe: trained.recipe,
  scorer: trained.scorer,
  bands: trained.learned.bands,
});
