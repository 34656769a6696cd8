import { type FactNamed } from '@pharos/facts';
import { restoreScorer } from '@pharos/learner-models';
import { modelHistory } from '@pharos/warehouse';
import { type JobScope } from '../running/job.js';
import { type ServedModel } from './score-risk.js';
import { type Decision } from './standing.js';
import { type LabelledRows, type Target } from './target.js';
import { type LearnedRisk } from './train-risk.js';
import { inputsAsRows } from './training-inputs.js';

type Trained = FactNamed<'ModelTrained'>['data'];

/** A model of another tenant may be so many weeks away from the classes: what can be known differs from week to week. */
const mostWeeksApart = 3;

/** A model that another tenant learned, and what its training looked like. */
export interface BorrowedModel {
  readonly served: ServedModel;
  readonly training: LabelledRows;
}

/**
 * The model to start from that somebody chose, for classes of one week; undefined where nobody did, where they took it back, or where none is
 * for about that week. A tenant with outcomes of its own learns from those instead.
 */
export async function borrowedModel(
  { warehouse, asOf, positions }: JobScope,
  { target, week, decisions }: { readonly target: Target; readonly week: number; readonly decisions: readonly Decision[] },
): Promise<BorrowedModel | undefined> {
  const last = decisions.find(({ data }) => data.target === target);
  if (last?.type !== 'ModelPromoted' || last.data.by === 'gate') return undefined;
  const entries = await warehouse.ask(modelHistory({ asOf, positions: positions.offsets, type: 'ModelTrained' }), 'jobs');
  const chosen = nearestBorrowed(entries.flatMap((entry) => (entry.type === 'ModelTrained' ? [entry.data] : [])), last.data.model, week); // prettier-ignore
  if (!chosen) return undefined;
  const { scorer, bands } = chosen.learned as LearnedRisk;
  return {
    served: { model: chosen.model, recipe: chosen.recipe, scorer: restoreScorer(scorer), bands },
    training: inputsAsRows(chosen.inputs!),
  };
}

/**
 * Of the models that came with the one promoted, the one for the week nearest to that of the classes; the earlier of two.
 *
 * @param promoted hash of the model that was promoted
 */
export function nearestBorrowed(trained: readonly Trained[], promoted: string, week: number): Trained | undefined {
  const from = trained.find((one) => one.model === promoted)?.borrowed?.from;
  if (from === undefined) return undefined;
  const apart = (one: Trained): number => Math.abs((one.week ?? Infinity) - week);
  return trained
    .filter((one) => one.borrowed?.from === from && one.inputs !== undefined && apart(one) <= mostWeeksApart)
    .sort((a, b) => apart(a) - apart(b) || a.week! - b.week!)[0];
}
