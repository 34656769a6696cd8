/**
 * Chance that a standard normal value lies above `z`, within 1.2e-7 relative (erfc of Press et al., Numerical Recipes, 6.2).
 *
 * @example normalTail(1.96) // => 0.025
 */
export function normalTail(z: number): number {
  const upper = complementaryError(Math.abs(z) / Math.SQRT2) / 2;
  return z >= 0 ? upper : 1 - upper;
}

/** For x ≥ 0. */
function complementaryError(x: number): number {
  const t = 1 / (1 + x / 2);
  const terms = [1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223, 0.17087277];
  return t * Math.exp(-x * x - 1.26551223 + terms.reduceRight((sum, term) => t * (term + sum), 0));
}
