import { type PossibleChange } from '@pharos/contract';
import { counterfactuals, type HeldOutBands, heldOutRate, type Learned, type LearnerTable, restoreScorer } from '@pharos/learner-models';
import { type Score } from '@pharos/warehouse';

/** What a `ModelTrained` fact keeps under a model's hash. */
interface LearnedRisk {
  readonly scorer: Learned;
  readonly bands: HeldOutBands | null;
}

/** Scores are derived again to check them; sums of floating point may differ by so much, nothing else. */
const TOLERANCE = 1e-6;
/** A change that lowers the chance by less is not worth a sentence. */
const WORTH_SAYING = 0.02;

/**
 * What the model would say, had a learner done what can still be done: handed in what was missed. Every feature that this changes is
 * set; what cannot change (marks, background, past attendance) is left as it is.
 *
 * @param learned values of the score's model; undefined where none are stored
 * @param course of the score's class
 * @returns null where nothing is missed, where it would change little, or where the score cannot be derived again from what is kept with it
 * @example possibleChange(score, learned, 'algebra')?.probability
 */
export function possibleChange(score: Score, learned: unknown, course: string): PossibleChange | null {
  const value = new Map(score.contributions.map((one) => [one.feature, one.value]));
  const missed = value.get('work_missed') ?? 0;
  if (learned === undefined || missed < 1) return null;
  const { scorer: kept, bands } = learned as LearnedRisk;
  const scorer = restoreScorer(kept);
  const table: LearnerTable = {
    features: scorer.features,
    columns: scorer.features.map(({ name }) => Float64Array.of(value.get(name) ?? Number.NaN)),
    rows: 1,
    group: Int32Array.of(0),
    course: [course],
    block: Int32Array.of(0),
  };
  if (!(Math.abs(scorer.predict(table, { explain: false }).logOdds[0]! - score.logOdds) <= TOLERANCE)) return null;
  const handedIn: Readonly<Record<string, number>> = {
    work_missed: 0,
    work_missed_share: 0,
    work_missed_weight: 0,
    work_missed_latest: 0,
    work_missed_alone: 0,
    days_since_hand_in: 0,
    work_handed_in: (value.get('work_handed_in') ?? 0) + missed,
    work_late: (value.get('work_late') ?? 0) + missed,
  };
  const known = new Set(scorer.features.map(({ name }) => name));
  const sets = Object.fromEntries(Object.entries(handedIn).filter(([name]) => known.has(name)));
  const [changed] = counterfactuals(scorer, table, 0, [{ name: 'hand-in-missed', sets }]);
  if (!changed || score.probability - changed.probability < WORTH_SAYING) return null;
  const like = bands && heldOutRate(bands, changed.logOdds);
  return {
    class: score.class,
    action: 'hand-in-missed',
    count: missed,
    probability: changed.probability,
    heldOut: like && { rate: like.rate, low: like.interval.low, high: like.interval.high, n: like.learners },
  };
}
