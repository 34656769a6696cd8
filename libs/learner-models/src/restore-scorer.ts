import { RiskBlend, type LearnedBlend } from './blend.js';
import { CalibratedRisk, type LearnedCalibration } from './calibrated-risk.js';
import { CourseEffects, type LearnedCourseEffects } from './course-effects.js';
import { GlassBox, type LearnedGlassBox } from './glass-box/glass-box.js';
import { L2Logistic, type LearnedLogistic } from './logistic/l2-logistic.js';
import { ModelError } from './model-error.js';
import { type Learned, type RiskScorer } from './risk-model.js';
import { RiskRule, type LearnedRule } from './risk-rule.js';

/** Learned values of every kind. */
export type AnyLearned = LearnedRule | LearnedLogistic | LearnedGlassBox | LearnedBlend | LearnedCourseEffects | LearnedCalibration;

/**
 * The scorer that learned values belong to, whatever its kind.
 *
 * @throws ModelError 'bad-learned' when the kind is not known
 * @example restoreScorer(JSON.parse(stored)).predict(table)
 */
export function restoreScorer(learned: Learned): RiskScorer {
  if (!isKnown(learned)) throw new ModelError('bad-learned', `no model reads learned values of kind ${learned.kind}`);
  switch (learned.kind) {
    case 'rule':
      return RiskRule.fromLearned(learned);
    case 'logistic':
      return L2Logistic.fromLearned(learned);
    case 'glass-box':
      return GlassBox.fromLearned(learned);
    case 'blend':
      return RiskBlend.fromLearned(learned, restoreScorer);
    case 'course-effects':
      return CourseEffects.fromLearned(learned, restoreScorer);
    case 'calibrated':
      return new CalibratedRisk(restoreScorer(learned.model), learned.platt);
    default:
      return learned satisfies never;
  }
}

function isKnown(learned: Learned): learned is AnyLearned {
  return ['rule', 'logistic', 'glass-box', 'blend', 'course-effects', 'calibrated'].includes(learned.kind);
}
