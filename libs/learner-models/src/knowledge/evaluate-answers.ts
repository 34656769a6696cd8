import { expectedCalibrationError } from '../metrics/expected-calibration-error.js';
import { logLoss } from '../metrics/log-loss.js';
import { rocAuc } from '../metrics/roc-auc.js';
import { ModelError } from '../model-error.js';
import { type KnowledgeModel, type LearnerAttempts } from './knowledge-model.js';

/** How well answers were foretold: area under the ROC curve, log loss, expected calibration error in 10 bins. Null where only one outcome occurs. */
export interface AnswerMetrics {
  readonly auc: number | null;
  readonly logLoss: number;
  readonly ece: number;
  readonly answers: number;
}

export interface AnswerEvaluation {
  readonly model: string;
  /** Mean over folds. */
  readonly mean: AnswerMetrics;
  readonly folds: readonly AnswerMetrics[];
}

/** A candidate: a name, and how it is made ready from the histories of a fold's training learners. */
export interface Candidate {
  readonly name: string;
  readonly prepare: (training: readonly LearnerAttempts[]) => KnowledgeModel;
}

/** Learners by rising numeric id (by text where one is no number): the same order whoever wrote the file. */
export function byNumericId(learners: readonly LearnerAttempts[]): readonly LearnerAttempts[] {
  const numeric = learners.every(({ learner }) => Number.isFinite(Number(learner)) && learner.trim() !== '');
  return [...learners].sort((a, b) => (numeric && Number(a.learner) - Number(b.learner)) || (a.learner < b.learner ? -1 : 1));
}

/**
 * Learners of a fold and the others: sorted by numeric id, fold = rank mod folds.
 *
 * @throws ModelError 'too-few-rows' for fewer learners than folds
 */
export function learnerFold(
  learners: readonly LearnerAttempts[],
  fold: number,
  folds = 5,
): { training: readonly LearnerAttempts[]; test: readonly LearnerAttempts[] } {
  if (learners.length < folds) throw new ModelError('too-few-rows', `${learners.length} learners cannot be split into ${folds} folds`);
  const sorted = byNumericId(learners);
  return { training: sorted.filter((_, rank) => rank % folds !== fold), test: sorted.filter((_, rank) => rank % folds === fold) };
}

/** Foretells every answer of learners before it is seen, each learner from the start. One chance per answer, in the order of `learners`. */
export function foretell(model: KnowledgeModel, learners: readonly LearnerAttempts[]): { score: Float64Array; target: Uint8Array } {
  const rows = learners.reduce((sum, { attempts }) => sum + attempts.length, 0);
  const score = new Float64Array(rows);
  const target = new Uint8Array(rows);
  let row = 0;
  for (const { attempts } of learners) {
    let state = model.start();
    for (const attempt of attempts) {
      score[row] = model.predict(state, attempt);
      target[row++] = attempt.correct ? 1 : 0;
      state = model.update(state, attempt);
    }
  }
  return { score, target };
}

/** Figures of foretold answers. */
export function answerMetrics(scored: { readonly score: Float64Array; readonly target: Uint8Array }): AnswerMetrics {
  const auc = rocAuc(scored);
  return {
    auc: Number.isNaN(auc) ? null : auc,
    logLoss: logLoss(scored),
    ece: expectedCalibrationError(scored),
    answers: scored.target.length,
  };
}

/**
 * Evaluates a candidate by learner: each fold's learners are followed online, with what a fit on the other learners knows of items and skills.
 *
 * @param onFold told after each fold
 * @throws ModelError as `learnerFold` and the candidate's fit
 * @example evaluateAnswers({ name: 'elo', prepare: (training) => new Elo().fit(training) }, learners).mean.auc
 */
export function evaluateAnswers(
  { name, prepare }: Candidate,
  learners: readonly LearnerAttempts[],
  folds = 5,
  onFold: (fold: number, metrics: AnswerMetrics) => void = () => undefined,
): AnswerEvaluation {
  const metrics: AnswerMetrics[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const { training, test } = learnerFold(learners, fold, folds);
    metrics.push(answerMetrics(foretell(prepare(training), test)));
    onFold(fold, metrics.at(-1)!);
  }
  return { model: name, folds: metrics, mean: meanOf(metrics) };
}

function meanOf(metrics: readonly AnswerMetrics[]): AnswerMetrics {
  const mean = (of: (one: AnswerMetrics) => number): number => metrics.reduce((sum, one) => sum + of(one), 0) / metrics.length;
  const known = metrics.every(({ auc }) => auc !== null);
  return {
    auc: known ? mean(({ auc }) => auc!) : null,
    logLoss: mean((one) => one.logLoss),
    ece: mean((one) => one.ece),
    answers: metrics.reduce((sum, { answers }) => sum + answers, 0),
  };
}
