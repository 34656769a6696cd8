/**
 * Population stability index of a feature: how far its present distribution has moved from that of training, over bins of equal training
 * shares and one for missing values; half a row is added to each bin so that an empty one stays finite (Siddiqi 2006; Yurdakul 2018).
 * By custom under 0.1 is quiet and over 0.25 is a shift. O(n log n).
 *
 * @param before values of training; `now` those about to be scored; NaN means missing
 * @throws RangeError when either is empty
 * @example populationStability(trained, scored) // => 0.04
 */
export function populationStability(before: ArrayLike<number>, now: ArrayLike<number>, bins = 10): number {
  if (before.length === 0 || now.length === 0) throw new RangeError('populationStability: no values to compare');
  const sorted = presentOf(before).sort();
  const cuts: number[] = [];
  for (let bin = 1; bin < bins && sorted.length > 0; bin++) {
    const cut = sorted[Math.floor((sorted.length * bin) / bins)]!;
    if (cut > (cuts.at(-1) ?? sorted[0]!)) cuts.push(cut);
  }
  const shareBefore = shares(before, cuts);
  const shareNow = shares(now, cuts);
  return shareNow.reduce((sum, share, bin) => sum + (share - shareBefore[bin]!) * Math.log(share / shareBefore[bin]!), 0);
}

/** The values that are not missing. */
export function presentOf(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).filter((value) => !Number.isNaN(value));
}

function shares(values: ArrayLike<number>, cuts: readonly number[]): number[] {
  const counts = new Float64Array(cuts.length + 2).fill(0.5);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    let bin = 0;
    if (!Number.isNaN(value)) {
      bin = 1;
      while (bin <= cuts.length && value >= cuts[bin - 1]!) bin++;
    }
    counts[bin]!++;
  }
  const all = values.length + 0.5 * counts.length;
  return Array.from(counts, (count) => count / all);
}
