import { ModelError } from './model-error.js';
import { rankOrder } from './metrics/scored-outcomes.js';
import { wilsonInterval, type Interval } from './metrics/wilson-interval.js';

/** What became of held-out learners with about this score: "about 7 of 10 students like this did". */
export interface HeldOutRate {
  readonly rate: number;
  readonly positives: number;
  readonly learners: number;
  readonly interval: Interval;
}

/** Bands of held-out learners by score, as plain JSON: band k holds scores up to `upTo[k]`, the last one all above. */
export interface HeldOutBands {
  readonly upTo: readonly number[];
  readonly learners: readonly number[];
  readonly positives: readonly number[];
  /** Different people behind the rows of each band; bands of before they were counted have none. */
  readonly people?: readonly number[];
}

/**
 * Cuts held-out learners into bands of equal size by score; equal scores share a band. O(n log n).
 *
 * @param scores of rows that the model did not learn from
 * @param person of each row, where one person may have several
 * @param perBand fewest learners in a band; 50 keep the Wilson interval within about ±0.14
 * @throws ModelError 'too-few-rows' when there are not enough for one band
 * @example heldOutBands(scores, target, 50).learners // => [50, 51, 50, …]
 */
export function heldOutBands(scores: Float64Array, target: Uint8Array, perBand = 50, person?: Int32Array): HeldOutBands {
  if (scores.length < perBand) throw new ModelError('too-few-rows', `${scores.length} held-out learners make no band of ${perBand}`);
  const order = rankOrder(scores).reverse();
  const bands = Math.floor(order.length / perBand);
  const upTo: number[] = [];
  const learners: number[] = [];
  const positives: number[] = [];
  const people: number[] = [];
  let from = 0;
  for (let band = 1; band <= bands && from < order.length; band++) {
    let to = Math.max(from + 1, Math.round((order.length * band) / bands));
    while (to < order.length && scores[order[to]!] === scores[order[to - 1]!]) to++;
    let positive = 0;
    for (let rank = from; rank < to; rank++) positive += target[order[rank]!]!;
    upTo.push(scores[order[to - 1]!]!);
    learners.push(to - from);
    positives.push(positive);
    if (person) people.push(new Set(Array.from(order.subarray(from, to), (row) => person[row]!)).size);
    from = to;
  }
  return { upTo: upTo.slice(0, -1), learners, positives, ...(person && { people }) };
}

/**
 * The rate among held-out learners of the score's band, with its 95 % Wilson interval. Several classes of one person say little more than
 * one, so the interval is that of as many people, not of as many rows. O(log bands).
 *
 * @example heldOutRate(bands, 1.2) // => { rate: 0.7, positives: 35, learners: 50, interval: { low: 0.56, high: 0.81 } }
 */
export function heldOutRate(bands: HeldOutBands, score: number): HeldOutRate {
  let low = 0;
  let high = bands.upTo.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (score <= bands.upTo[middle]!) high = middle;
    else low = middle + 1;
  }
  const positives = bands.positives[low]!;
  const learners = bands.learners[low]!;
  const rate = positives / learners;
  const people = bands.people?.[low] ?? learners;
  return {
    rate,
    positives,
    learners,
    interval: people === learners ? wilsonInterval(positives, learners) : wilsonInterval(rate * people, people),
  };
}
