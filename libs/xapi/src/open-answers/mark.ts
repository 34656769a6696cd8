/**
 * What grading an open answer may say. `unsure` never reaches a learner as a verdict: it goes to a teacher with the suggestion.
 */
export type Mark =
  | { readonly sure: true; readonly correct: boolean; readonly share: number; readonly note?: MarkNote }
  | {
      readonly sure: false;
      readonly suggestion: { readonly correct: boolean; readonly share: number } | null;
      readonly because: UnsureReason;
    };

/** What a learner may be told besides right and wrong. */
export type MarkNote = 'unit-missing' | 'unit-wrong' | 'typo' | 'right-but-not-simplified';

export type UnsureReason =
  /** The answer cannot be read as what was asked for. */
  | 'unreadable-answer'
  /** The key of the item cannot be read: a fault of its author. */
  | 'unreadable-key'
  /** Near a right answer, but not near enough to be sure. */
  | 'nearly'
  /** Equal wherever it was tried, which is no proof for functions such as roots and sines. */
  | 'not-proven'
  /** Free text that matches nothing known. */
  | 'free-text';

export const sure = (correct: boolean, note?: MarkNote): Mark => ({
  sure: true,
  correct,
  share: correct ? 1 : 0,
  ...(note === undefined ? {} : { note }),
});

export const unsure = (because: UnsureReason, suggested: boolean | null = null): Mark => ({
  sure: false,
  suggestion: suggested === null ? null : { correct: suggested, share: suggested ? 1 : 0 },
  because,
});
