/**
 * Adjusted p-values that keep the false discovery rate of a family of tests (Benjamini and Hochberg 1995). O(n log n).
 *
 * @returns in the order given; a test is a discovery at rate q where its adjusted value is at most q
 * @example benjaminiHochberg([0.01, 0.04, 0.03]) // => [0.03, 0.04, 0.04]
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const order = pValues.map((_, at) => at).sort((a, b) => pValues[b]! - pValues[a]!);
  const adjusted = new Array<number>(pValues.length);
  let least = 1;
  order.forEach((at, place) => {
    least = Math.min(least, (pValues[at]! * pValues.length) / (pValues.length - place));
    adjusted[at] = least;
  });
  return adjusted;
}
