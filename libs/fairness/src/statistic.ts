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

/**
 * How a statistic is worked out: a number, NaN where it does not exist, and then why not. Resamples are typed arrays of such numbers,
 * without an object for each; what is reported is a `Statistic`.
 */
export interface Measure<Input> {
  readonly of: (input: Input) => number;
  readonly why: (input: Input) => string;
}

/** What a measure says, as it is reported. @example statisticOf(auc, tally) */
export function statisticOf<Input>(measure: Measure<Input>, input: Input): Statistic {
  const value = measure.of(input);
  return Number.isNaN(value) ? unknown(measure.why(input)) : known(value);
}
