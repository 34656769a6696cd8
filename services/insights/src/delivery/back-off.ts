/** After so many attempts a delivery is given up: by then some 11 hours have passed. */
export const MOST_ATTEMPTS = 8;
const FIRST_MS = 30_000;
const FACTOR = 4;
const LONGEST_MS = 4 * 3_600_000;

/**
 * When to try again after the n-th failure, or null to give up. 30 s, 2 min, 8 min, 32 min, 2 h, then every 4 h.
 *
 * @param attempts how often it was tried, from 1
 */
export function nextAttempt(attempts: number, now: Date): Date | null {
  if (attempts >= MOST_ATTEMPTS) return null;
  return new Date(now.getTime() + Math.min(LONGEST_MS, FIRST_MS * FACTOR ** (attempts - 1)));
}
