import { setTimeout as sleep } from 'node:timers/promises';

interface Pulse {
  readonly through: string;
  readonly answers: number;
}

const LOOK_EVERY_MS = 500;
/** The reader comes back by itself then, and is asked again who they are. */
const LASTS_MS = 60_000;
const QUIET_MS = 15_000;

/**
 * Server-sent events: one whenever the number of answers has changed, and a comment now and then, so that what stands between
 * does not close the line.
 */
export async function* pulses(read: () => Promise<Pulse>, lookEveryMs = LOOK_EVERY_MS, lastsMs = LASTS_MS): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(`retry: 1000\n\n`);
  let last = -1;
  let quiet = 0;
  for (let passed = 0; passed < lastsMs; passed += lookEveryMs) {
    const pulse = await read();
    if (pulse.answers !== last) {
      last = pulse.answers;
      quiet = 0;
      yield encoder.encode(`event: answers\ndata: ${JSON.stringify(pulse)}\n\n`);
    } else if ((quiet += lookEveryMs) >= QUIET_MS) {
      quiet = 0;
      yield encoder.encode(': still here\n\n');
    }
    await sleep(lookEveryMs);
  }
}
