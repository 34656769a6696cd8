/**
 * Cohen's kappa with quadratic weights (Cohen 1968): agreement of two markers on an ordered scale beyond chance, where being
 * two marks apart weighs four times as much as one.
 *
 * @param a marks of one marker, whole numbers
 * @param b of the other, of the same answers in the same order
 * @returns null where it is not defined: no answers, or both gave everybody one and the same mark
 * @throws RangeError when the lists differ in length
 * @example quadraticKappa([1, 2, 3, 4], [1, 2, 3, 3]) // => 0.857…
 */
export function quadraticKappa(a: readonly number[], b: readonly number[]): number | null {
  if (a.length !== b.length) throw new RangeError(`${a.length} marks of one marker and ${b.length} of the other`);
  const n = a.length;
  // Σ(aᵢ − bⱼ)² over all pairs, from sums alone: the expected disagreement of two markers with these marginals.
  let observed = 0, sumA = 0, sumB = 0, squares = 0; // prettier-ignore
  for (let i = 0; i < n; i += 1) {
    observed += (a[i]! - b[i]!) ** 2;
    sumA += a[i]!;
    sumB += b[i]!;
    squares += a[i]! ** 2 + b[i]! ** 2;
  }
  const expected = squares - (2 * sumA * sumB) / Math.max(n, 1);
  return n === 0 || expected <= 0 ? null : 1 - observed / expected;
}

export interface KappaOfGroup {
  readonly group: string;
  readonly n: number;
  /** Null where not defined, see `quadraticKappa`. */
  readonly kappa: number | null;
}

/** Agreement per group, in the order of the groups' names: a grader may agree with teachers in all and still misjudge some. */
export function quadraticKappaByGroup(marks: readonly { readonly group: string; readonly a: number; readonly b: number }[]): readonly KappaOfGroup[] {
  const groups = [...Map.groupBy(marks, ({ group }) => group)].sort(([one], [other]) => (one < other ? -1 : 1));
  return groups.map(([group, own]) => ({ group, n: own.length, kappa: quadraticKappa(own.map(({ a }) => a), own.map(({ b }) => b)) }));
} // prettier-ignore
