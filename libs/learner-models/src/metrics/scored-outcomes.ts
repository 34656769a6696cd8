/** Scores beside what came about: what every metric is computed from. */
export interface ScoredOutcomes {
  /** 1 where the outcome that is warned of came about, 0 where not. */
  readonly target: Uint8Array;
  /** Higher means more at risk. Calibration metrics read it as a probability. */
  readonly score: Float64Array;
  /** Non-negative weights (a bootstrap's multiplicities); 1 where absent. */
  readonly weight?: Float64Array;
  /** `rankOrder(score)`, when it is already known. */
  readonly order?: Uint32Array;
}

/**
 * Positions by falling score; equal scores in order of position. O(n log n).
 *
 * @example rankOrder(Float64Array.of(0.1, 0.9, 0.5)) // => [1, 2, 0]
 */
export function rankOrder(score: Float64Array): Uint32Array {
  const order = Uint32Array.from(score, (_, position) => position);
  return order.sort((a, b) => score[b]! - score[a]! || a - b);
}

/** One run of equal scores. */
export interface TiedRun {
  readonly score: number;
  readonly positives: number;
  readonly negatives: number;
}

/** Calls `take` for each run of equal scores, from the highest down. O(n) with a known order. */
export function eachTiedRun(scored: ScoredOutcomes, take: (run: TiedRun) => void): void {
  const { score, target, weight } = scored;
  const order = scored.order ?? rankOrder(score);
  let from = 0;
  while (from < order.length) {
    const value = score[order[from]!]!;
    let positives = 0;
    let negatives = 0;
    let to = from;
    for (; to < order.length && score[order[to]!] === value; to++) {
      const row = order[to]!;
      const w = weight ? weight[row]! : 1;
      if (target[row] === 1) positives += w;
      else negatives += w;
    }
    take({ score: value, positives, negatives });
    from = to;
  }
}

/** Weight of the rows, in all and of those with the outcome. */
export function totals({ target, weight }: ScoredOutcomes): { all: number; positives: number } {
  let all = 0;
  let positives = 0;
  for (let row = 0; row < target.length; row++) {
    const w = weight ? weight[row]! : 1;
    all += w;
    positives += w * target[row]!;
  }
  return { all, positives };
}
