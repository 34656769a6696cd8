/** Fewer facts than this between two looks at the heads are no stream. */
const STREAM_FACTS = 50;
/** A trickle (a statement now and then, a reading that is recorded) gets at most a third of the time: its rows, roll-ups and commit cost nearly as much as those of a thousand facts. */
const SHARE_OF_FEW = 2;
/** Roll-ups cost nearly the same for one learner-day as for a thousand, so in a stream they get at most a sixth of the time. */
const SHARE = 5;
/** Half of what is promised (visible within a second), so that the write and the roll-up fit into the other half. */
const LONGEST_MS = 500;

/**
 * How long to gather after facts were made visible, before the next are: shortly where little comes, and in a stream as long as
 * keeps roll-ups a small share of the work, but never so long that facts are seen late. Who waits ends the gathering.
 *
 * @param facts made visible by the last checkpoint
 * @param checkpointMs how long that checkpoint took
 * @returns milliseconds
 * @example gatherMs(1, 40) // => 80
 * @example gatherMs(400, 40) // => 200
 */
export function gatherMs(facts: number, checkpointMs: number): number {
  return Math.min(LONGEST_MS, (facts < STREAM_FACTS ? SHARE_OF_FEW : SHARE) * checkpointMs);
}
