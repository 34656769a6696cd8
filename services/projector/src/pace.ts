/** Fewer facts than this between two looks at the heads are no stream: somebody may be waiting to see just these. */
const STREAM_FACTS = 50;
/** Roll-ups cost nearly the same for one learner-day as for a thousand, so in a stream they get at most a sixth of the time. */
const SHARE = 5;
/** Half of what is promised (visible within a second), so that the write and the roll-up fit into the other half. */
const LONGEST_MS = 500;

/**
 * How long to gather after facts were made visible, before the next are: not at all where little comes, and in a stream as
 * long as keeps roll-ups a small share of the work, but never so long that facts are seen late.
 *
 * @param facts made visible by the last checkpoint
 * @param checkpointMs how long that checkpoint took
 * @returns milliseconds
 * @example gatherMs(1, 40) // => 0
 * @example gatherMs(400, 40) // => 200
 */
export function gatherMs(facts: number, checkpointMs: number): number {
  return facts < STREAM_FACTS ? 0 : Math.min(LONGEST_MS, SHARE * checkpointMs);
}
