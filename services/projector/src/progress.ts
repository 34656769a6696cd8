/** The consumer whose committed positions say how far the warehouse is: `log.committed(PROJECTOR, topic)`. */
export const PROJECTOR = 'projector';

/** What the projector tells while it works. */
export type Progress =
  | { readonly kind: 'folded'; readonly store: 'registry'; readonly facts: number }
  | {
      readonly kind: 'folded';
      readonly store: 'warehouse';
      readonly facts: number;
      /** Facts that are in the log and not in the tables yet. */
      readonly lag: number;
      /** When the oldest of these facts was recorded: from now on all of them are visible. */
      readonly oldest: string;
      /** How long the tables took for them: writing, roll-ups, committing. */
      readonly ms: number;
    }
  | { readonly kind: 'deadLetters'; readonly count: number; readonly first: string }
  | { readonly kind: 'unavailable'; readonly error: Error; readonly waitMs: number };
