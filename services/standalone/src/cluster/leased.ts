import { setTimeout as sleep } from 'node:timers/promises';
import { type Leases } from '@pharos/registry';

/** A holder that died is followed after so long; a renewal may fail twice before. */
const LEASE_MS = 10_000;
const RENEW_EVERY_MS = 3_000;
const TRY_EVERY_MS = 1_000;

export interface Leased {
  /** Whether this process does the work now. */
  held(): boolean;
  /** Lets the work finish what it has in hand and gives the lease back. */
  stop(): Promise<void>;
}

/**
 * Keeps a piece of work running in one process of several: whoever holds the lease does it, the others stand by.
 *
 * @param work runs until its signal, which is given when the process stops or the lease is lost
 * @param onError hears of failures; the work begins again after a second
 */
export function whileLeased(
  leases: Leases,
  name: string,
  holder: string,
  work: (signal: AbortSignal) => Promise<void>,
  onError: (error: unknown) => void,
): Leased {
  const stopping = new AbortController();
  let held = false;

  const hold = async (): Promise<void> => {
    let lease = await leases.acquire(name, holder, LEASE_MS);
    if (!lease) return;
    held = true;
    const lost = new AbortController();
    let renewedAt = performance.now();
    const renewal = setInterval(() => {
      if (!lease || performance.now() - renewedAt > LEASE_MS) return void lost.abort();
      leases.renew(lease, LEASE_MS).then(
        (renewed) => {
          lease = renewed;
          if (renewed) renewedAt = performance.now();
          else lost.abort();
        },
        (error: unknown) => onError(error),
      );
    }, RENEW_EVERY_MS);
    try {
      await work(AbortSignal.any([stopping.signal, lost.signal]));
    } finally {
      clearInterval(renewal);
      held = false;
      // One that was lost is not given back: who cannot be reached to prolong it would be waited for in vain.
      if (lease && !lost.signal.aborted) await leases.release(lease);
    }
  };

  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await hold().catch(onError);
      await sleep(TRY_EVERY_MS, undefined, { signal: stopping.signal }).catch(() => undefined); // told to stop
    }
  };
  const ended = loop();
  return {
    held: () => held,
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}
