/** The one shape of every number in a report: a value, or null and the reason why there is none. Never NaN. */
export interface Statistic {
  readonly value: number | null;
  readonly reason: string | null;
}

/** A statistic with its interval. Where only the interval is missing, `reason` says why. */
export interface Estimate extends Statistic {
  readonly low: number | null;
  readonly high: number | null;
}

export const known = (value: number): Statistic => ({ value, reason: null });
export const unknown = (reason: string): Statistic => ({ value: null, reason });

/** Part of a whole, or the reason why there is no whole. */
export const share = (part: number, whole: number, reason: string): Statistic => (whole > 0 ? known(part / whole) : unknown(reason));

/** For typed arrays, which cannot hold null; never leaves this room. */
export const asNumber = (statistic: Statistic): number => statistic.value ?? missing;
const missing = Number.NaN;
