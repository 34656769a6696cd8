import { editDistance } from './edit-distance.js';
import { type Mark, sure, unsure } from './mark.js';

export interface ShortTextKey {
  readonly kind: 'text';
  /** Any of them is right. */
  readonly accept: readonly string[];
  /** Known wrong answers: near ones are never forgiven as typing slips. */
  readonly refuse?: readonly string[];
}

/**
 * What two spellings of the same answer have in common: case, accents' form, punctuation, spaces and a leading article are gone.
 *
 * @example normalText('  The  Nile. ') // => 'nile'
 */
export function normalText(text: string): string {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}]+/gu, ' ')
    .trim()
    .replace(/\s+/g, ' ');
  return plain.replace(/^(?:the|an?|el|la|los|las|una?) (?=.)/, '');
}

/** One slip from 5 letters on, two from 9: in shorter words a slip makes another word (`cat`, `car`). */
const slipsAllowed = (length: number): number => (length >= 9 ? 2 : length >= 5 ? 1 : 0);

/** A figure, a sign or a negation is never a slip: `1945` is not `1954`, and `not red` is not `red`. */
const meaning = (text: string): string => (text.match(/\d+|\b(?:not|no|never|nunca|sin|without)\b/g) ?? []).join(' ');

/**
 * Grades a short text by normalised patterns with tolerance for typing slips.
 *
 * Equal to an accepted answer is right; within the slips allowed of one, and nearer to it than to any refused one, is right
 * with the note `typo`; a refused answer is wrong; the rest is for a teacher, with a suggestion where it comes near.
 *
 * @example markShortText({ kind: 'text', accept: ['photosynthesis'] }, 'photosinthesis') // => { sure: true, correct: true, share: 1, note: 'typo' }
 */
export function markShortText({ accept, refuse = [] }: ShortTextKey, answer: string): Mark {
  const given = normalText(answer);
  const right = accept.map(normalText);
  const wrong = refuse.map(normalText);
  if (right.length === 0 || right.includes('')) return unsure('unreadable-key');
  if (given === '' || given.length > 500) return unsure('unreadable-answer');
  if (right.includes(given)) return sure(true);
  if (wrong.includes(given)) return sure(false);
  const nearest = (texts: readonly string[]) => Math.min(...texts.map((text) => editDistance(text, given)));
  const away = nearest(right);
  if (nearest(wrong) <= away) return unsure('nearly', false);
  const slip = right.some((text) => editDistance(text, given) <= slipsAllowed(text.length) && meaning(text) === meaning(given));
  if (slip) return sure(true, 'typo');
  return away <= Math.ceil(given.length / 3) ? unsure('nearly', false) : unsure('free-text');
}
