/** Grading of open answers. A door of its own, because its computer-algebra library is large and few rooms grade. */
import { type AlgebraKey, markAlgebra } from './open-answers/algebra.js';
import { gradeInteraction } from './grading/grading.js';
import { type Mark } from './open-answers/mark.js';
import { markQuantity, type QuantityKey } from './open-answers/quantity.js';
import { markShortText, type ShortTextKey } from './open-answers/short-text.js';
import { type InteractionType } from './statement.js';

export { type AlgebraKey, readExpression, readSides, sameExpression, sameSides } from './open-answers/algebra.js';
export { checkSteps, type CheckedStep, type StepProblem } from './open-answers/steps.js';
export { isSolved, slipOf, type StepSlip, workedExample } from './open-answers/step-help.js';
export { agreementOfMarks, type MarkedAnswer, type MarkingAgreement } from './open-answers/marking-agreement.js';
export { type Mark, type MarkNote, type UnsureReason } from './open-answers/mark.js';
export { type QuantityKey, readQuantity } from './open-answers/quantity.js';
export { normalText, type ShortTextKey } from './open-answers/short-text.js';
export { type KappaOfGroup, quadraticKappa, quadraticKappaByGroup } from './open-answers/agreement.js';

export type OpenAnswerKey = QuantityKey | AlgebraKey | ShortTextKey;

/**
 * Grades an open answer by its item's key. Pure; well under a millisecond for text and numbers, a few for algebra.
 *
 * @returns a verdict only where it is sure; else a suggestion for a teacher, which a learner is never shown
 * @example markOpenAnswer({ kind: 'number', value: 9.81, unit: 'm/s^2', tolerance: 0.01 }, '9,81 m/s²') // => { sure: true, correct: true, share: 1 }
 */
export function markOpenAnswer(key: OpenAnswerKey, answer: string): Mark {
  switch (key.kind) {
    case 'number':
      return markQuantity(key, answer);
    case 'algebra':
      return markAlgebra(key, answer);
    case 'text':
      return markShortText(key, answer);
  }
}

/** How an item of the catalogue is graded: an open answer, a choice, or any interaction of xAPI by its patterns. */
export type ItemKey =
  | OpenAnswerKey
  | { readonly kind: 'choice'; readonly right: string }
  | { readonly kind: 'interaction'; readonly type: InteractionType; readonly patterns: readonly string[] };

/**
 * Grades an answer by its item's key, whatever its kind.
 *
 * @example markByKey({ kind: 'choice', right: 'b' }, 'b') // => { sure: true, correct: true, share: 1 }
 */
export function markByKey(key: ItemKey, answer: string): Mark {
  if (key.kind !== 'choice' && key.kind !== 'interaction') return markOpenAnswer(key, answer);
  const grade = gradeInteraction(
    key.kind === 'choice'
      ? { interactionType: 'choice', correctResponsesPattern: [key.right] }
      : { interactionType: key.type, correctResponsesPattern: key.patterns },
    answer,
  );
  return 'correct' in grade ? { sure: true, ...grade } : { sure: false, suggestion: null, because: 'unreadable-answer' };
}
