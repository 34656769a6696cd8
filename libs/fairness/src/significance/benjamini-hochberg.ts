/**
 * Adjusts p-values so that of all tests called significant at `adjusted <= alpha`, on average at most a share alpha is false
 * (Benjamini & Hochberg 1995, step-up; equal to R's `p.adjust(p, "BH")`). O(m log m).
 *
 * @example benjaminiHochberg([0.01, 0.04, 0.03]) // => [0.03, 0.04, 0.04]
 */
export function benjaminiHochberg(p: readonly number[]): number[] {
  const falling = p.map((_, test) => test).sort((a, b) => p[b]! - p[a]!);
  const adjusted = new Array<number>(p.length);
  let smallest = 1;
  falling.forEach((test, place) => {
    smallest = Math.min(smallest, (p[test]! * p.length) / (p.length - place));
    adjusted[test] = smallest;
  });
  return adjusted;
}
