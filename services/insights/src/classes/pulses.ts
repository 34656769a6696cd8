import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 500;
/** The reader comes back by itself then, and is asked again who they are. */
const LASTS_MS = 60_000;
const QUIET_MS = 15_000;

/** What a reader is told, and what of it has to change to be told again. */
interface Told<Pulse> {
  readonly event: string;
  readonly changed: (pulse: Pulse) => unknown;
  /** Ends the line: a server that is told to stop must not wait for readers. */
  readonly closing: AbortSignal;
}

/**
 * Server-sent events: one whenever what matters has changed, and a comment now and then, so that what stands between
 * does not close the line.
 */
export async function* pulses<Pulse>(
  read: () => Promise<Pulse>,
  { event, changed, closing }: Told<Pulse>,
  lookEveryMs = LOOK_EVERY_MS,
  lastsMs = LASTS_MS,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(`retry: 1000\n\n`);
  let last: string | undefined;
  let quiet = 0;
  for (let passed = 0; passed < lastsMs && !closing.aborted; passed += lookEveryMs) {
    const pulse = await read();
    const now = JSON.stringify(changed(pulse));
    if (now !== last) {
      last = now;
      quiet = 0;
      yield encoder.encode(`event: ${event}\ndata: ${JSON.stringify(pulse)}\n\n`);
    } else if ((quiet += lookEveryMs) >= QUIET_MS) {
      quiet = 0;
      yield encoder.encode(': still here\n\n');
    }
    await sleep(lookEveryMs, undefined, { signal: closing }).catch((error: unknown) => {
      if (!closing.aborted) throw error;
    });
  }
}
