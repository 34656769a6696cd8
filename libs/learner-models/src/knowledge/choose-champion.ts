import { isModelError, ModelError } from '../model-error.js';
import { type Learned } from '../risk-model.js';
import { candidates } from './candidates.js';
import { answerMetrics, type AnswerMetrics } from './evaluate-answers.js';
import { type KnowledgeModel, type LearnerAttempts } from './knowledge-model.js';
import { type ReliabilityBin, reliabilityBins } from '../metrics/reliability-bins.js';

/** One candidate on the later answers. */
export interface Evaluated extends AnswerMetrics {
  readonly kind: string;
  /** Answers by what was foretold of them, in ten bins of equal width. */
  readonly reliability: readonly ReliabilityBin[];
}

export interface Champion {
  /** Name of the candidate. */
  readonly kind: string;
  /** Learned from all answers. */
  readonly learned: Learned;
  /** Every candidate on the later answers, `baseline` first. */
  readonly evaluation: readonly Evaluated[];
}

export interface ChampionSettings {
  readonly seed: number;
  /** Names of candidates, the plainer ones first: of equals the plainer one is chosen. */
  readonly among: readonly string[];
  /** What serves where nothing was learned; who does not beat it is not put to use. */
  readonly baseline: KnowledgeModel;
  /** Fewer answers than this say too little. */
  readonly leastAnswers?: number;
}

export const BASELINE = 'baseline';
const LEAST_ANSWERS = 500;
/** Share of the answers, the latest, that candidates are judged on. */
const LATER = 0.2;
/** Gain in log loss that another kind of model must show: less is within what the next week could turn around. */
const WORTH = 0.001;

/**
 * Chooses a model of knowledge by time: candidates learn from the earlier four fifths of the answers and foretell each later one before it is seen, every learner followed on
 * from where they stood. The least log loss wins; it is then learned from all answers.
 *
 * @returns the champion; without one (`null`) nothing beats the baseline, and `evaluation` says by how much
 * @throws ModelError 'too-few-rows' where there is too little to judge by
 * @example chooseChampion(learners, { seed: 1, among: ['elo', 'best-lr'], baseline }).champion?.kind
 */
export function chooseChampion(
  learners: readonly LearnerAttempts[],
  { seed, among, baseline, leastAnswers = LEAST_ANSWERS }: ChampionSettings,
): { readonly champion: Champion | null; readonly evaluation: Champion['evaluation'] } {
  const moments = learners.flatMap(({ attempts }) => attempts.map(({ at }) => at)).sort((a, b) => a - b);
  if (moments.length < leastAnswers)
    throw new ModelError('too-few-rows', `${moments.length} answers; ${leastAnswers} are needed to choose by`);
  const cut = moments[Math.floor(moments.length * (1 - LATER))]!;
  const earlier = learners
    .map(({ learner, attempts }) => ({ learner, attempts: attempts.filter(({ at }) => at < cut) }))
    .filter(({ attempts }) => attempts.length > 0);
  const outcomes = new Set(learners.flatMap(({ attempts }) => attempts.filter(({ at }) => at >= cut).map(({ correct }) => correct)));
  if (earlier.length === 0 || outcomes.size < 2)
    throw new ModelError('too-few-rows', 'the later answers are all alike, or there are no earlier ones');
  const evaluate = (kind: string, model: KnowledgeModel): Evaluated => {
    const foretold = later(model, learners, cut);
    return { kind, ...answerMetrics(foretold), reliability: reliabilityBins(foretold) };
  };
  const evaluation = [evaluate(BASELINE, baseline)];
  let best = evaluation[0]!;
  for (const name of among) {
    const make = candidates[name];
    if (!make) throw new ModelError('bad-settings', `no candidate is called ${name}`);
    try {
      const figures = evaluate(name, make(seed).fit(earlier));
      evaluation.push(figures);
      if (figures.logLoss < best.logLoss - WORTH) best = figures;
    } catch (error) {
      // One that cannot be fitted on these answers is no candidate for them.
      if (!isModelError(error)) throw error;
    }
  }
  if (best.kind === BASELINE) return { champion: null, evaluation };
  const learned = candidates[best.kind]!(seed).fit(learners).toLearned();
  return { champion: { kind: best.kind, learned, evaluation }, evaluation };
}

/** Answers from a moment on, foretold by a model that has followed each learner up to there. */
function later(model: KnowledgeModel, learners: readonly LearnerAttempts[], cut: number): { score: Float64Array; target: Uint8Array } {
  const score: number[] = [];
  const target: number[] = [];
  for (const { attempts } of learners) {
    let state = model.start();
    for (const attempt of attempts) {
      if (attempt.at >= cut) {
        score.push(model.predict(state, attempt));
        target.push(attempt.correct ? 1 : 0);
      }
      state = model.update(state, attempt);
    }
  }
  return { score: Float64Array.from(score), target: Uint8Array.from(target) };
}
