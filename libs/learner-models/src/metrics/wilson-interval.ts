/** A closed interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The normal quantile of a two-sided 95 % interval. */
export const Z_95 = 1.959963984540054;

/**
 * Wilson's score interval for a share (Wilson 1927): it stays within [0, 1] and is honest for small counts, unlike the textbook one.
 *
 * @param successes from 0 to `trials`
 * @param z normal quantile; 95 % by default
 * @throws RangeError when there are no trials or the counts do not fit
 * @example wilsonInterval(7, 10) // => { low: 0.397, high: 0.892 }
 */
export function wilsonInterval(successes: number, trials: number, z = Z_95): Interval {
  if (!(trials > 0 && successes >= 0 && successes <= trials)) throw new RangeError(`wilsonInterval: ${successes} of ${trials}`);
  const share = successes / trials;
  const spread = (z / (1 + z ** 2 / trials)) * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2));
  const centre = (share + z ** 2 / (2 * trials)) / (1 + z ** 2 / trials);
  return { low: Math.max(0, centre - spread), high: Math.min(1, centre + spread) };
}
