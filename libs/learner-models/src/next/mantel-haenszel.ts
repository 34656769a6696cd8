/** One learner's answer to the item under study. */
export interface ComparedAnswer {
  readonly group: 'reference' | 'focal';
  readonly correct: boolean;
  /** What learners are matched on: the rest score, or mastery in steps. */
  readonly stratum: number;
}

export interface ItemFairness {
  /** Common odds ratio; above 1 the reference group finds it easier at equal mastery. Null where no stratum compares both groups. */
  readonly oddsRatio: number | null;
  /** ETS delta, −2.35 ln α: negative where it is harder for the focal group. */
  readonly delta: number | null;
  /** χ² with one degree of freedom and continuity correction. */
  readonly chiSquare: number | null;
  /** ETS classes (Zwick & Ercikan 1989), by size of delta and by whether chance explains it (5 %): negligible, moderate, large. */
  readonly verdict: 'A' | 'B' | 'C' | 'unknown';
}

const CHI_SQUARE_95 = 3.841458820694124;

/**
 * Differential item functioning by Mantel and Haenszel (1959; Holland & Thayer 1988): whether learners of equal mastery in two
 * groups succeed at one item alike. O(answers).
 *
 * @example mantelHaenszel(answers).verdict // => 'A'
 */
export function mantelHaenszel(answers: readonly ComparedAnswer[]): ItemFairness {
  let over = 0, under = 0, right = 0, expected = 0, variance = 0; // prettier-ignore
  for (const stratum of Map.groupBy(answers, (answer) => answer.stratum).values()) {
    const count = (group: ComparedAnswer['group'], correct: boolean) =>
      stratum.filter((answer) => answer.group === group && answer.correct === correct).length;
    const [a, b, c, d] = [count('reference', true), count('reference', false), count('focal', true), count('focal', false)] as const;
    const n = a + b + c + d;
    if (a + b === 0 || c + d === 0 || n < 2) continue;
    over += (a * d) / n;
    under += (b * c) / n;
    right += a;
    expected += ((a + b) * (a + c)) / n;
    variance += ((a + b) * (c + d) * (a + c) * (b + d)) / (n * n * (n - 1));
  }
  if (over === 0 || under === 0 || variance === 0) return { oddsRatio: null, delta: null, chiSquare: null, verdict: 'unknown' };
  const oddsRatio = over / under;
  const delta = -2.35 * Math.log(oddsRatio);
  const chiSquare = Math.max(0, Math.abs(right - expected) - 0.5) ** 2 / variance;
  const size = Math.abs(delta);
  const verdict = chiSquare < CHI_SQUARE_95 || size < 1 ? 'A' : size >= 1.5 ? 'C' : 'B';
  return { oddsRatio, delta, chiSquare, verdict };
}
