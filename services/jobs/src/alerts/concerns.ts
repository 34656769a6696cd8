import { type FactNamed, factId, type Reason } from '@pharos/facts';
import { type InterventionTemplate, type RaisedAlert } from '@pharos/registry';
import { type StruggleSign } from '@pharos/learner-models';
import { nextStepsFor } from './next-steps.js';
import { changesOf, reasonsOf } from './reasons.js';
import { struggleReasons } from './struggle-reasons.js';

export type Score = FactNamed<'RiskScored'>['data'];
/** A score with the id of its fact. */
export interface StoredScore {
  readonly id: string;
  readonly score: Score;
}

/** A learner who may need a person, for one target in one term, over all classes. */
export interface Concern {
  readonly learner: string;
  readonly target: string;
  readonly term: string;
  /** The highest among the classes. */
  readonly probability: number;
  /** Scores of the classes, highest first. */
  readonly scores: readonly StoredScore[];
}

/** Gathers scores into concerns, most likely first; ties by learner, so that a repeat gives the same order. */
export function concernsOf(scores: readonly StoredScore[]): readonly Concern[] {
  const groups = new Map<string, StoredScore[]>();
  for (const one of scores) {
    const key = `${one.score.learner}\n${one.score.target}\n${one.score.term}`;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()]
    .map((group): Concern => {
      const sorted = [...group].sort((a, b) => b.score.probability - a.score.probability || (a.score.class < b.score.class ? -1 : 1));
      const { learner, target, term, probability } = sorted[0]!.score;
      return { learner, target, term, probability, scores: sorted };
    })
    .sort((a, b) => b.probability - a.probability || (a.learner < b.learner ? -1 : 1));
}

export interface AlertContext {
  readonly tenant: string;
  readonly asOf: string;
  readonly catalogue: readonly InterventionTemplate[];
  readonly answerWithinDays: number;
  readonly counselor: string | null;
  readonly school: string;
  /** What the learner's practice shows besides. */
  readonly struggles?: readonly StruggleSign[];
  /** Reasons of the alert a week before; empty for a new one. */
  readonly before: readonly Reason[];
}

/** Most classes whose reasons are told; the rest stand in the evidence. */
const classesTold = 3;
const reasonsTold = 5;

/** What an alert says about a concern, with everything that it rests on. `alert` is the same for the same concern and raise. */
export function describeConcern(concern: Concern, alert: string, context: AlertContext): RaisedAlert {
  const pushing = concern.scores
    .slice(0, classesTold)
    .flatMap(({ score }) => reasonsOf(score.class, score.contributions))
    .sort((a, b) => b.logOdds - a.logOdds)
    .slice(0, reasonsTold);
  const reasons = [...pushing, ...struggleReasons(concern.scores[0]!.score.class, context.struggles ?? [])];
  return {
    alert,
    learner: concern.learner,
    target: concern.target,
    term: concern.term,
    school: context.school,
    counselor: context.counselor,
    probability: concern.probability,
    heldOut: concern.scores[0]!.score.heldOut,
    reasons: [...reasons],
    nextSteps: nextStepsFor(reasons, context.catalogue).map((step) => ({ ...step })),
    changed: context.before.length > 0 ? [...changesOf(context.before, reasons)] : [],
    evidence: concern.scores.map(({ id, score }) => ({
      class: score.class,
      score: id,
      model: score.model,
      recipe: score.recipe,
      asOf: score.asOf,
      week: score.week,
      logOdds: score.logOdds,
      probability: score.probability,
      raw: score.raw,
      intercept: score.intercept,
      contributions: score.contributions,
      heldOut: score.heldOut,
      positions: score.positions,
    })),
    asOf: context.asOf,
    dueAt: new Date(Date.parse(context.asOf) + context.answerWithinDays * 86_400_000).toISOString(),
  };
}

export const alertId = (tenant: string, concern: Pick<Concern, 'learner' | 'target' | 'term'>, asOf: string): string =>
  factId('alert', tenant, concern.learner, concern.target, concern.term, asOf);
