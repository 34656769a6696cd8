import { type Feedback, inLanguage, type Locale, type PracticeItem } from '@pharos/contract';
import { type ItemKey, type Mark, markByKey, normalText } from '@pharos/xapi/open-answers';

interface Given {
  readonly item: string;
  readonly response: string;
  readonly hints: number;
}

/** The response and how much of it is right; sure or not. */
export const markOf = ({ key }: Pick<PracticeItem, 'key'>, response: string): Mark => markByKey(key as ItemKey, response);

/** What would have been right, as it is told. */
export const expectedOf = ({ key, choices }: PracticeItem): string => {
  switch (key.kind) {
    case 'choice':
      return choices?.find(({ id }) => id === key.right)?.text ?? key.right;
    case 'number':
      return key.unit === undefined ? String(key.value) : `${key.value} ${key.unit}`;
    case 'algebra':
      return key.expression;
    case 'text':
      return key.accept[0]!;
    case 'interaction':
      return key.patterns[0]!;
  }
};

/** The hint after those that were taken; null at the end of the ladder. */
export function hintAfter(item: PracticeItem, taken: number, locale: Locale): Feedback['hint'] {
  const say = item.hints[taken];
  return say === undefined ? null : { number: taken + 1, of: item.hints.length, say: inLanguage(locale, say) };
}

/**
 * What is said to an answer. The right answer is told only where the item allows it and no hint is left: a ladder that ends
 * with the first mistake would be no ladder. What could not be graded surely gets no verdict.
 *
 * @example feedbackOn(item, { item: item.item, response: '12', hints: 0 }, 'en').verdict // => 'right'
 */
export function feedbackOn(item: PracticeItem | undefined, given: Given, locale: Locale): Feedback {
  const nothing = { item: given.item, share: null, note: null, expected: null, misconception: null, hint: null };
  if (item === undefined) return { ...nothing, verdict: 'unknown-item' };
  const mark = markOf(item, given.response);
  if (!mark.sure) return { ...nothing, verdict: 'unsure' };
  const { share, note = null } = mark;
  if (mark.correct) return { ...nothing, verdict: 'right', share: 1, note, expected: item.tell ? expectedOf(item) : null };
  const hint = hintAfter(item, given.hints, locale);
  const known = item.misconceptions.find(({ answers }) => answers.some((answer) => normalText(answer) === normalText(given.response)));
  return {
    ...nothing,
    verdict: share > 0 ? 'partly' : 'wrong',
    share,
    note,
    expected: item.tell && hint === null ? expectedOf(item) : null,
    misconception: known === undefined ? null : { id: known.id, say: inLanguage(locale, known.say) },
    hint,
  };
}
