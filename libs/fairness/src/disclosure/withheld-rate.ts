import { known, type Statistic, unknown } from '../statistic.js';

/** Limits under which a rate could name someone. */
export interface RateLimits {
  /** People the rate rests on; default 10. */
  readonly minimum?: number;
  /** People on either side of it; default 3. "All of them" and "none of them" name everyone. */
  readonly eitherSide?: number;
}

/**
 * A rate that may be shown, or the reason why it may not. O(1).
 *
 * @throws RangeError when the counts cannot be those of a rate
 * @example withholdRate(12, 40).value // => 0.3
 * @example withholdRate(39, 40).reason // => 'fewer than 3 people on one side of the rate'
 */
export function withholdRate(numerator: number, denominator: number, limits: RateLimits = {}): Statistic {
  const { minimum = 10, eitherSide = 3 } = limits;
  if (!(numerator >= 0 && numerator <= denominator)) throw new RangeError(`${numerator} of ${denominator} is not a rate`);
  if (denominator < minimum) return unknown(`fewer than ${minimum} people`);
  if (Math.min(numerator, denominator - numerator) < eitherSide) return unknown(`fewer than ${eitherSide} people on one side of the rate`);
  return known(numerator / denominator);
}
