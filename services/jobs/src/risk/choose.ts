import { type GateEvidence } from '@pharos/facts';
import { type FairnessReport } from '@pharos/fairness';
import { decideGate, gateReason, passes } from './gate.js';
import { gateFairness } from './gate-fairness.js';
import { ruleRecipe } from './recipes.js';
import { type Standing } from './standing.js';
import { type TrainedRisk } from './train-risk.js';

/** One thing that the gate decided, with what it decided by. */
export interface GateOutcome {
  readonly outcome: 'promoted' | 'rejected';
  readonly trained: TrainedRisk;
  readonly reason: string;
  readonly evidence: GateEvidence;
}

export interface Choice {
  readonly chosen: TrainedRisk;
  readonly outcomes: readonly GateOutcome[];
}

/** What a choice rests on besides the models. */
export interface ChoiceGround {
  readonly standing: Standing;
  /** Tries of new recipes on these held-out classes so far. */
  readonly tries: number;
  readonly week: number;
  readonly classes: readonly string[];
  readonly limitPer100: number;
  /** A person decided what is done about a gap: a refit is not taken away for it. */
  readonly gapsDecided?: boolean;
  /** The audit of a model; null where no protected attribute is known. Asked for once per model at most. */
  readonly audit: (trained: TrainedRisk) => FairnessReport | null;
  readonly seed: number;
  /** Resamples behind each comparison; the gate's own number by default. */
  readonly replicates?: number;
}

/**
 * Which trained recipe serves. The best other recipe by held-out log loss may take the place of the one in use if it is superior and fair;
 * otherwise the one in use stays, refitted, as long as it is no worse than the rule; where nothing beats the rule, the rule stays.
 *
 * @param trained the rule first
 */
export function choose(trained: readonly TrainedRisk[], ground: ChoiceGround): Choice {
  const rule = trained[0]!;
  const present = trained.find(({ recipe }) => recipe === ground.standing.recipe) ?? rule;
  const challengers = ground.standing.byPerson ? [] : challengersOf(trained, present, ground.standing);
  const tried = challengers[0] ? challenge(challengers[0], present, challengers.length, ground) : undefined;
  if (tried?.outcome === 'promoted') return { chosen: tried.trained, outcomes: [tried] };
  const kept = keep(present, rule, ground);
  return { chosen: kept.at(-1)!.trained, outcomes: [...(tried ? [tried] : []), ...kept] };
}

/** The rule, because a person decided so about fairness. */
export function chosenByPerson(rule: TrainedRisk, why: string, { week, classes }: Pick<ChoiceGround, 'week' | 'classes'>): Choice {
  const evidence = { ...nothingCompared(rule, week, classes), kind: 'person', verdict: 'by-person' } as const;
  return { chosen: rule, outcomes: [{ outcome: 'promoted', trained: rule, reason: `A person chose the rule: ${why}`, evidence }] };
}

/** Who could take the place of the present one, least log loss first. Only the first is tried: the more are, the likelier one of them wins by chance. */
function challengersOf(trained: readonly TrainedRisk[], present: TrainedRisk, { turnedDown }: Standing): readonly TrainedRisk[] {
  const lossOf = (one: TrainedRisk): number => one.judgement.metrics.logLoss?.value ?? Infinity;
  return trained
    .filter((one) => one !== present && one.recipe !== ruleRecipe.name && !turnedDown.has(one.recipe))
    .sort((a, b) => lossOf(a) - lossOf(b));
}

function challenge(candidate: TrainedRisk, present: TrainedRisk, contenders: number, ground: ChoiceGround): GateOutcome {
  const { standing, tries, week, classes, limitPer100, audit, seed, replicates } = ground;
  const kind = standing.recipe === null ? 'first' : 'new-recipe';
  const decided = decideGate({
    kind,
    week,
    classes,
    candidate,
    present,
    attempt: tries + 1,
    contenders,
    seed,
    ...(replicates === undefined ? {} : { replicates }),
  });
  const report = passes(decided.verdict) ? audit(candidate) : null;
  const fairness = report && gateFairness(report, limitPer100, () => audit(present));
  const evidence: GateEvidence = { ...decided, fairness, verdict: fairness?.passed === false ? 'unfair' : decided.verdict };
  const outcome = passes(evidence.verdict) ? 'promoted' : 'rejected';
  return { outcome, trained: candidate, reason: gateReason(evidence, candidate.recipe), evidence };
}

/** The recipe in use, learned anew; the rule where it does not earn its place any more, or treats groups worse than the rule does. */
function keep(present: TrainedRisk, rule: TrainedRisk, ground: ChoiceGround): readonly GateOutcome[] {
  const { week, classes, seed, replicates, limitPer100, audit, standing, gapsDecided } = ground;
  const refitted = (trained: TrainedRisk, evidence: GateEvidence): GateOutcome => ({ outcome: 'promoted', trained, reason: gateReason(evidence, trained.recipe), evidence }); // prettier-ignore
  const ruleStays = refitted(rule, nothingCompared(rule, week, classes));
  if (present === rule) return [ruleStays];
  const evidence = decideGate({
    kind: 'refit',
    week,
    classes,
    candidate: present,
    present: rule,
    attempt: 1,
    seed,
    ...(replicates === undefined ? {} : { replicates }),
  });
  if (evidence.verdict === 'not-decidable') return [refitted(present, evidence)];
  const turnedDown = (why: GateEvidence): readonly GateOutcome[] => [{ outcome: 'rejected', trained: present, reason: gateReason(why, present.recipe), evidence: why }, ruleStays]; // prettier-ignore
  if (!passes(evidence.verdict)) return turnedDown(evidence);
  const report = standing.byPerson || gapsDecided ? null : audit(present);
  const fairness = report && gateFairness(report, limitPer100, () => audit(rule));
  return fairness?.passed === false
    ? turnedDown({ ...evidence, fairness, verdict: 'unfair' })
    : [refitted(present, { ...evidence, fairness })];
}

const nothingCompared = ({ heldOut }: TrainedRisk, week: number, classes: readonly string[]): GateEvidence => ({
  kind: 'refit', week, against: null, verdict: 'nothing-to-compare', classes: [...classes], rows: heldOut.target.length, capacity: 0, selected: 0,
  precision: null, logLoss: null, budget: null, fairness: null,
}); // prettier-ignore
