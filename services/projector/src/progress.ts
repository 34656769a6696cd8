/** The consumer whose committed positions say how far the warehouse is: `log.committed(PROJECTOR, topic)`. */
export const PROJECTOR = 'projector';

/** What the projector tells while it works. */
export type Progress =
  | { readonly kind: 'folded'; readonly store: 'warehouse' | 'registry'; readonly facts: number; readonly lag: number }
  | { readonly kind: 'deadLetters'; readonly count: number; readonly first: string }
  | { readonly kind: 'unavailable'; readonly error: Error; readonly waitMs: number };
