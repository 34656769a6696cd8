import { spawnSync } from 'node:child_process';

const asked = spawnSync('faketime', ['-f', '+0s', 'printenv', 'LD_PRELOAD'], { encoding: 'utf8' });

/** What is missing here to give a broker a wrong clock, as one line; undefined when nothing is. */
export const faketimeMissing = asked.status === 0 ? undefined : 'the command faketime, of the package of that name, is not installed';

/** Environment of a broker whose clock is wrong by so much; what measures durations goes as always. */
export const brokerClock = (wrongByMs: number): Readonly<Record<string, string>> => ({
  LD_PRELOAD: asked.stdout.trim(),
  FAKETIME: `${wrongByMs < 0 ? '-' : '+'}${Math.abs(wrongByMs) / 1_000}s`,
  FAKETIME_DONT_FAKE_MONOTONIC: '1',
  // Its correction of timed waits takes those of a JVM for times of the day: each would end at once, and the broker would spin.
  FAKETIME_FORCE_MONOTONIC_FIX: '0',
});
