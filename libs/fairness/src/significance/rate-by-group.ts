/** Sizes and hits of each group, with each group's rate and its distance from the rest. Reused between permutations. */
export interface RateByGroup {
  readonly size: Float64Array;
  readonly hits: Float64Array;
  /** NaN for an empty group. */
  readonly rate: Float64Array;
  /** The group's rate minus the rate of everyone else; NaN where either is empty. */
  readonly fromRest: Float64Array;
}

export const emptyRates = (groups: number): RateByGroup => ({
  size: new Float64Array(groups),
  hits: new Float64Array(groups),
  rate: new Float64Array(groups),
  fromRest: new Float64Array(groups),
});

/**
 * Rates of an outcome by group. O(rows).
 *
 * @param source place whose group each place takes, see `exchange`
 */
export function countRates(code: Int32Array, source: Int32Array, outcome: Uint8Array, into: RateByGroup): void {
  const { size, hits, rate, fromRest } = into;
  size.fill(0);
  hits.fill(0);
  let all = 0;
  for (let place = 0; place < code.length; place++) {
    const group = code[source[place]!]!;
    const hit = outcome[place]!;
    size[group]! += 1;
    hits[group]! += hit;
    all += hit;
  }
  for (let group = 0; group < size.length; group++) {
    rate[group] = hits[group]! / size[group]!;
    fromRest[group] = rate[group]! - (all - hits[group]!) / (code.length - size[group]!);
  }
}
