import { normalQuantile } from './normal-quantile.js';

/** The chance of finding a gap of the size that `smallestGap` names. */
export const POWER = 0.8;

/**
 * The smallest true gap that a two-sided test at `alpha` would find four times of five, given how far the gap strays by chance alone.
 * Read beside a gap that was not significant: what is smaller than this could not have been shown.
 *
 * @param chanceSpread standard deviation of the gap when groups are exchanged between people
 * @example smallestGap(0.01, 0.05) // => 0.028
 */
export const smallestGap = (chanceSpread: number, alpha: number): number => (normalQuantile(1 - alpha / 2) + normalQuantile(POWER)) * chanceSpread;
