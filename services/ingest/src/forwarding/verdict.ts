/**
 * What became of statements that were sent. A reason names no person.
 *
 * `again`: nothing is known to be wrong with them. `stumbled`: the target broke over them, as it may over the next ones or
 * not. `refused`: it is its last word.
 */
export type Forwarded =
  | { readonly outcome: 'taken' }
  | { readonly outcome: 'refused' | 'stumbled' | 'again'; readonly reason: string; readonly retryAfterS?: number };

/** The target's own trouble, or its door closed to us: nothing that other statements would change. */
const PASSING = new Set([401, 403, 404, 405, 408, 425, 429]);
/** It is away or busy, said by itself or by what stands before it. */
const AWAY = new Set([502, 503, 504]);

/** @example verdictOf(400, 'the target answered 400').outcome // => 'refused' */
export function verdictOf(status: number, reason: string, retryAfter: string | null = null): Forwarded {
  const retryAfterS = Number(retryAfter ?? Number.NaN);
  const later = { reason, ...(retryAfterS > 0 && { retryAfterS }) };
  if (status >= 500) return { outcome: AWAY.has(status) ? 'again' : 'stumbled', ...later };
  return status < 400 || PASSING.has(status) ? { outcome: 'again', ...later } : { outcome: 'refused', reason };
}
