import { createHmac } from 'node:crypto';

/**
 * The cell-key method (Fraser & Wooton 2005; Thompson, Broadfoot, Elazar 2013): noise that depends on who is in a cell, not on how it
 * was asked for, so that asking again, or another way, gives the same number and there is nothing to average.
 */
const sixtyFourBits = (secret: string, text: string): bigint => createHmac('sha256', secret).update(text).digest().readBigUInt64BE();

/** A member's key: 64 random-looking bits that only the holder of the tenant's secret can make. @example memberKey(secret, 'learner-1') */
export const memberKey = (secret: string, member: string): bigint => sixtyFourBits(secret, `member:${member}`);

/** The key of a set of members, whatever their order: the exclusive or of their keys (what ClickHouse's `groupBitXor` gives). */
export function combineKeys(keys: Iterable<bigint>): bigint {
  let combined = 0n;
  for (const key of keys) combined ^= key;
  return combined;
}

/** Who is in a cell. */
export interface CellMembers {
  readonly count: number;
  /** `combineKeys` of those counted. */
  readonly members: bigint;
  /**
   * `combineKeys` of the whole cohort the cell is of. With it, a cohort that changed by one person gets fresh noise in all its cells.
   * Without it a cell that nobody entered keeps its number, and so tells of a newcomer that they are not in it; where they are, it moves.
   */
  readonly cohort?: bigint;
}

/** How likely noise of size d is, relative to d - 1. */
const DECAY = 0.75;
const FURTHEST = 6;

const noises = Array.from({ length: 2 * FURTHEST + 1 }, (_, place) => place - FURTHEST);
const weights = noises.map((noise) => DECAY ** Math.abs(noise));
const allWeights = weights.reduce((sum, weight) => sum + weight, 0);

const noiseAt = (share: number): number => {
  let left = share * allWeights;
  for (const [place, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return noises[place]!;
  }
  return FURTHEST;
};

/**
 * A count with the noise of its members: whole, on average 0, at most six either way, two-sided geometric. Never shown under the minimum;
 * a count under the minimum is not shown at all. Sums of perturbed counts do not add up, and are not meant to.
 *
 * @returns null where the count is under the minimum
 * @example perturbCount({ count: 40, members }, secret) // => 42, each time
 */
export function perturbCount({ count, members, cohort }: CellMembers, secret: string, minimum = 10): number | null {
  if (count < minimum) return null;
  const bits = sixtyFourBits(secret, `cell:${members.toString(16)}:${cohort?.toString(16) ?? ''}`);
  const share = Number(bits >> 11n) / 2 ** 53;
  return Math.max(minimum, count + noiseAt(share));
}
