import { type Interval, wilsonInterval } from '../metrics/wilson-interval.js';
import { createRandom } from '../random.js';
import { isHeldOut } from './nudge.js';

/** A learner for whom a nudge was decided for the first time. */
export interface FirstNudge {
  /** In the group that is not written to. */
  readonly heldOut: boolean;
  /** Whether the learner answered anything within seven days: the outcome, fixed before the first nudge was sent. */
  readonly returned: boolean;
}

export interface ReturnShare {
  readonly learners: number;
  readonly returned: number;
  readonly share: number;
  readonly interval: Interval;
}

export interface NudgeEffect {
  readonly written: ReturnShare;
  readonly heldOut: ReturnShare;
  /** Share of those written to who returned, less that of those who were not. */
  readonly difference: number;
  /** 95 %. */
  readonly interval: Interval;
}

const shareOf = (all: readonly FirstNudge[]): ReturnShare => {
  const returned = all.filter((one) => one.returned).length;
  return { learners: all.length, returned, share: returned / all.length, interval: wilsonInterval(returned, all.length) };
};

/**
 * What nudges do: the difference of two shares, with the hybrid score interval of Newcombe (1998, method 10), which keeps its promise for small groups and
 * shares near 0 or 1.
 *
 * Each learner counts once, with the first nudge that was ever decided: until then nothing told the groups apart but the hash, and a learner who is written to
 * often weighs no more than others. Whoever was meant to be written to counts as written to, whether or not the mail arrived (intention to treat).
 *
 * @returns null where a group has nobody
 * @example nudgeEffect([...])?.difference // => 0.08: eight more of a hundred return
 */
export function nudgeEffect(first: readonly FirstNudge[]): NudgeEffect | null {
  const [out, in_] = [first.filter(({ heldOut }) => heldOut), first.filter(({ heldOut }) => !heldOut)];
  if (out.length === 0 || in_.length === 0) return null;
  const [written, heldOut] = [shareOf(in_), shareOf(out)];
  const difference = written.share - heldOut.share;
  const below = Math.hypot(written.share - written.interval.low, heldOut.interval.high - heldOut.share);
  const above = Math.hypot(written.interval.high - written.share, heldOut.share - heldOut.interval.low);
  return { written, heldOut, difference, interval: { low: difference - below, high: difference + above } };
}

export interface SimulatedNudges {
  readonly learners: number;
  /** Share of learners who return within seven days without a word. */
  readonly base: number;
  /** What a word adds to it. */
  readonly effect: number;
  readonly heldOut: number;
  readonly seed: number;
}

/**
 * SIMULATION: learners of whom each would return with a chance of their own, around the base; a word adds the effect to it. Who is held out is decided as in
 * earnest.
 */
export function simulateNudges({ learners, base, effect, heldOut, seed }: SimulatedNudges): readonly FirstNudge[] {
  const random = createRandom(seed);
  return Array.from({ length: learners }, (_, index) => {
    const out = isHeldOut(`world-${seed}`, `learner-${index}`, heldOut);
    // Uniform around the base: learners differ, and the mean of the groups is what was asked for.
    const own = base + (2 * random.uniform() - 1) * Math.min(base, 1 - base - Math.max(0, effect), 0.2);
    return { heldOut: out, returned: random.uniform() < own + (out ? 0 : effect) };
  });
}
