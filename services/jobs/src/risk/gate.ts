import { type GateEvidence } from '@pharos/facts';
import { logLoss, normalTail, pairedDifference, type ScoredOutcomes, topCount } from '@pharos/learner-models';
import { type HeldOut } from './judge.js';

/** A model as the gate sees it: what it is called, and its probabilities on the same held-out rows as every other. */
export interface GateModel {
  readonly recipe: string;
  readonly model: string | null;
  readonly heldOut: Pick<HeldOut, 'score' | 'target' | 'person'>;
}

export interface GateCase {
  readonly kind: 'first' | 'refit' | 'new-recipe';
  readonly week: number | null;
  readonly classes: readonly string[];
  readonly candidate: GateModel;
  readonly present: GateModel;
  /** Which try on these held-out classes this is, from 1 on. */
  readonly attempt: number;
  /** Recipes of which the candidate looked best on these held-out rows; 1 by default. They share the level of the try. */
  readonly contenders?: number;
  readonly seed: number;
  /** Resamples of persons. */
  readonly replicates?: number;
}

/** What a gate asks for. All differences are of the same learners. */
export const gateSettings = {
  /** Share of the learners whom counselors can look after: where precision is compared. */
  capacity: 0.1,
  /** Fewer selected than this decide nothing. */
  fewestSelected: 50,
  /** Chance of one wrong promotion over all tries on the same held-out classes. */
  errorBudget: 0.05,
  /** A candidate's log loss may be worse by so much, at most. */
  logLossMargin: 0.01,
  /** A refit's precision may be worse by so much, at most. */
  precisionMargin: 0.05,
  replicates: 400,
} as const;

type Verdict = GateEvidence['verdict'];

/** Verdicts with which a candidate may serve, if it is fair besides. */
export const passes = (verdict: Verdict): boolean => verdict === 'superior' || verdict === 'non-inferior';

/**
 * Level of the k-th try of one error budget: the tries' levels add up to the budget however many there are (α·6/(π²k²); Foster & Stine 2008).
 *
 * @example levelOf(1) // => 0.0304
 */
export const levelOf = (attempt: number): number => (gateSettings.errorBudget * 6) / (Math.PI * attempt) ** 2;

/**
 * Whether a candidate may take the place of the present model: by precision at the counselors' capacity, superior for a new recipe and not
 * inferior for a refit, with a log loss that is not worse than the margin; both by a paired bootstrap of whole persons (Efron & Tibshirani 1993, 16).
 * The p-value is that of the difference over its bootstrap standard error, so that it resolves levels below one over the resamples.
 * Fairness is asked for apart. O(replicates × rows).
 */
export function decideGate({
  kind,
  week,
  classes,
  candidate,
  present,
  attempt,
  contenders = 1,
  seed,
  replicates = gateSettings.replicates,
}: GateCase): GateEvidence {
  const rows = candidate.heldOut.target.length;
  const selected = rows * gateSettings.capacity;
  const about = {
    kind, week, against: { recipe: present.recipe, model: present.model }, classes: [...classes], rows, capacity: gateSettings.capacity, selected,
    fairness: null,
  }; // prettier-ignore
  if (selected < gateSettings.fewestSelected) return { ...about, verdict: 'not-decidable', precision: null, logLoss: null, budget: null };
  const [one, other] = [scoredOf(candidate), scoredOf(present)];
  const settings = { seed, replicates };
  const hits = pairedDifference(one, other, candidate.heldOut.person, precisionAt, settings);
  const losses = pairedDifference(one, other, candidate.heldOut.person, logLoss, settings);
  // The best of several by their log loss on these very rows is tried: of as many that are no better, one wins by luck as often as all together.
  const level = levelOf(attempt) / contenders;
  const pValue = hits.standardError > 0 ? normalTail(hits.value / hits.standardError) : hits.value > 0 ? 0 : 1;
  const lossHolds = losses.high <= gateSettings.logLossMargin;
  const worse = hits.high < 0 || losses.low > gateSettings.logLossMargin;
  const shown = kind === 'refit' ? hits.low > -gateSettings.precisionMargin && lossHolds : pValue < level && lossHolds;
  return {
    ...about,
    verdict: shown ? (kind === 'refit' ? 'non-inferior' : 'superior') : worse ? 'worse' : 'not-shown',
    precision: { candidate: precisionAt(one), present: precisionAt(other), difference: spanOf(hits) },
    logLoss: { candidate: logLoss(one), present: logLoss(other), difference: spanOf(losses), margin: gateSettings.logLossMargin },
    // A refit spends nothing: it asks for no superiority.
    budget: kind === 'refit' ? null : { total: gateSettings.errorBudget, attempt, level, pValue, contenders },
  };
}

const scoredOf = ({ heldOut: { score, target } }: GateModel): ScoredOutcomes => ({ score, target });
const spanOf = ({ value, low, high }: { readonly value: number; readonly low: number; readonly high: number }) => ({ value, low, high });

/** Precision among the highest scores that make up the capacity, ties at the cut shared. */
function precisionAt(scored: ScoredOutcomes): number {
  const all = scored.weight ? scored.weight.reduce((sum, weight) => sum + weight, 0) : scored.target.length;
  return topCount(scored, all * gateSettings.capacity).precision;
}

/** The decision in a sentence, for the fact; the page words it from the evidence in its own language. */
export function gateReason({ kind, verdict, precision, selected, against }: GateEvidence, recipe: string): string {
  const per100 = (share: number): string => (100 * share).toFixed(0);
  const of = precision ? ` (of 100 named, ${per100(precision.candidate)} against ${per100(precision.present)})` : '';
  const other = against?.recipe ?? 'nothing';
  switch (verdict) {
    case 'superior':
      return `On held-out learners ${recipe} names more of those who did not pass than ${other}${of}, beyond chance.`;
    case 'non-inferior':
      return `Refitted, ${recipe} is no worse than ${other} on held-out learners${of}.`;
    case 'not-shown':
      return `${recipe} was not shown to be ${kind === 'refit' ? 'as good as' : 'better than'} ${other} on held-out learners${of}.`;
    case 'worse':
      return `${recipe} is worse than ${other} on held-out learners${of}.`;
    case 'not-decidable':
      return `Only ${per100(selected / 100)} held-out learners would be named: too few to decide, so nothing changes.`;
    case 'unfair':
      return `${recipe} has a gap between groups that is beyond chance, over the limit, and larger than that of ${other}.`;
    case 'nothing-to-compare':
      return `There is nothing to compare ${recipe} with.`;
    case 'by-person':
      return `A person chose ${recipe}.`;
    default:
      return verdict satisfies never;
  }
}
