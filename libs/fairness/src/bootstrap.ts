import { type Random } from './random.js';
import { type Estimate, type Statistic } from './statistic.js';

// taken out of Math once: inside a virtual-machine context each look-up of a global costs more than the sum
const { floor, min } = Math;

/** Draws people with replacement: how often each person is in this resample. O(people). */
export function drawPeople(times: Int32Array, random: Random): void {
  times.fill(0);
  for (let draw = 0; draw < times.length; draw++) times[floor(random() * times.length)]! += 1;
}

/** Quantile of sorted values with linear interpolation (Hyndman & Fan 1996, type 7). @example quantile([1, 2, 3], .5) // => 2 */
export function quantile(sorted: Float64Array, at: number): number {
  const place = at * (sorted.length - 1);
  const below = floor(place);
  const low = sorted[below]!;
  const high = sorted[min(below + 1, sorted.length - 1)]!;
  return low + (place - below) * (high - low);
}

/** Of the resamples, the share in which a statistic must exist before its interval is believed. */
const MOSTLY = 0.9;

/**
 * The percentile interval of a statistic from its resamples (Efron & Tibshirani 1993, chapter 13).
 * Resamples in which it does not exist (NaN) are left out; where they are more than a tenth there is no interval. O(r log r).
 *
 * @param level share inside, for example 0.95
 */
export function withInterval(statistic: Statistic, resampled: Float64Array, level: number): Estimate {
  if (statistic.value === null) return { ...statistic, low: null, high: null };
  const defined = resampled.filter((value) => !Number.isNaN(value)).sort();
  if (defined.length === 0 || defined.length < MOSTLY * resampled.length) {
    const reason = `no interval: the value exists in ${defined.length} of ${resampled.length} resamples`;
    return { value: statistic.value, low: null, high: null, reason };
  }
  return { value: statistic.value, low: quantile(defined, (1 - level) / 2), high: quantile(defined, (1 + level) / 2), reason: null };
}
