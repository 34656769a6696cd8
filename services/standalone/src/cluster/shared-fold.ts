import { setTimeout as sleep } from 'node:timers/promises';
import { type FoldShare } from '@pharos/projector';
import { type Lease, type Leases } from '@pharos/registry';

/** A holder that died is followed after so long; a renewal may fail twice before. */
const LEASE_MS = 10_000;
const RENEW_EVERY_MS = 3_000;
const LOOK_EVERY_MS = 1_000;
const WAIT_MS = 25;

/** More projectors than this stand by. */
const SEATS = 32;

const SEAT = 'fold/seat/';
const SHARE = 'fold/share/';
const HOLD = 'fold/hold';
const SETTLE = 'fold/settle';

export interface SharedFoldOptions {
  readonly leases: Leases;
  readonly holder: string;
  /** Into how many shares the partitions are divided: partition p of every topic is in share p modulo this. */
  readonly shares: number;
  /** Folds a share until its signal is given, then finishes what is in hand. */
  readonly fold: (share: FoldShare, signal: AbortSignal) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

export interface SharedFold {
  /** Shares that are this process's now. */
  held(): readonly number[];
  stop(): Promise<void>;
}

/**
 * Divides the partitions among the projectors that run. Each takes a seat; the shares go round the seats that are taken, so
 * everyone works out the same division, and a lease on each share sees to it that two never have it, whatever they believe.
 *
 * On a change the fold finishes and commits what it has in hand before it gives a share back. Who was stopped for longer than
 * a lease commits nothing: its shares are another's by then.
 */
export function shareTheFold({ leases, holder, shares, fold, onError }: SharedFoldOptions): SharedFold {
  const stopping = new AbortController();
  const held = new Map<number, { lease: Lease; renewedAt: number }>();
  let seat: { lease: Lease; renewedAt: number } | undefined;
  let running: { readonly stop: () => Promise<void>; readonly ended: () => boolean } | undefined;
  let abort: () => void = () => undefined;

  const isFresh = ({ renewedAt }: { readonly renewedAt: number }): boolean => performance.now() - renewedAt < LEASE_MS;
  const take = async (name: string) => {
    const renewedAt = performance.now();
    const lease = await leases.acquire(name, holder, LEASE_MS);
    return lease && { lease, renewedAt };
  };
  const renew = async (mine: { lease: Lease; renewedAt: number }): Promise<boolean> => {
    const renewedAt = performance.now();
    const lease = await leases.renew(mine.lease, LEASE_MS);
    if (lease) Object.assign(mine, { lease, renewedAt });
    return lease !== undefined;
  };
  const renewal = setInterval(() => {
    void (async () => {
      if (seat && !(await renew(seat))) seat = undefined;
      for (const [share, mine] of held) {
        if (await renew(mine)) continue;
        held.delete(share);
        abort();
      }
    })().catch(onError);
  }, RENEW_EVERY_MS).unref();

  function begin(owned: ReadonlySet<number>): void {
    const lost = new AbortController();
    abort = () => lost.abort();
    let over = false;
    const isOf = (partition: number): number => partition % shares;
    const share: FoldShare = {
      owns: (_, partition) => owned.has(isOf(partition)),
      holds: (_, partition) => {
        const mine = held.get(isOf(partition));
        return owned.has(isOf(partition)) && mine !== undefined && isFresh(mine);
      },
      alone: (work) => settling(leases, holder, work),
    };
    const ended = fold(share, lost.signal)
      .catch(onError)
      .finally(() => (over = true));
    running = {
      ended: () => over,
      stop: async () => {
        lost.abort();
        await ended;
      },
    };
  }

  async function look(): Promise<void> {
    for (let n = 0; !seat && n < SEATS; n++) seat = await take(`${SEAT}${String(n).padStart(2, '0')}`);
    const live = await leases.live('fold/');
    const seats = live.filter(({ name }) => name.startsWith(SEAT)).map((lease) => lease.holder);
    const isHeldUp = live.some(({ name }) => name === HOLD);
    const wanted = new Set(isHeldUp ? [] : Array.from({ length: shares }, (_, n) => n).filter((n) => seats[n % seats.length] === holder));
    const taken = new Set(live.map(({ name }) => name));
    const surplus = [...held.keys()].filter((share) => !wanted.has(share));
    const free = [...wanted].filter((share) => !held.has(share) && !taken.has(`${SHARE}${share}`));
    if (running?.ended() !== true && surplus.length === 0 && free.length === 0) return;
    await running?.stop();
    running = undefined;
    for (const share of surplus) await giveBack(share);
    for (const share of free) {
      const mine = await take(`${SHARE}${share}`);
      if (mine) held.set(share, mine);
    }
    if (held.size > 0) begin(new Set(held.keys()));
  }

  async function giveBack(share: number): Promise<void> {
    const mine = held.get(share);
    held.delete(share);
    if (mine) await leases.release(mine.lease);
  }

  const ended = (async () => {
    while (!stopping.signal.aborted) {
      await look().catch(onError);
      await sleep(LOOK_EVERY_MS, undefined, { signal: stopping.signal }).catch(() => undefined); // told to stop
    }
    await running?.stop();
    clearInterval(renewal);
    for (const share of [...held.keys()]) await giveBack(share).catch(onError);
    if (seat) await leases.release(seat.lease).catch(onError);
  })();
  return {
    held: () => [...held.keys()],
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}

/** One projector at a time computes roll-ups and commits. */
async function settling<T>(leases: Leases, holder: string, work: () => Promise<T>): Promise<T> {
  let lease: Lease | undefined;
  while (!(lease = await leases.acquire(SETTLE, holder, LEASE_MS))) await sleep(WAIT_MS);
  const taken = lease;
  const renewal = setInterval(() => void leases.renew(taken, LEASE_MS).catch(() => undefined), RENEW_EVERY_MS).unref(); // it is taken anew below
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    await leases.release(taken);
  }
}

/**
 * Has every projector finish what it has in hand and give its shares back, for as long as it takes to swap tables.
 *
 * @returns what lets them go on; they begin at the committed positions then
 */
export async function holdTheFold(leases: Leases, holder: string): Promise<() => void> {
  let lease: Lease | undefined;
  while (!(lease = await leases.acquire(HOLD, holder, LEASE_MS))) await sleep(WAIT_MS);
  const taken = lease;
  const renewal = setInterval(() => void leases.renew(taken, LEASE_MS).catch(() => undefined), RENEW_EVERY_MS).unref(); // it lapses, and they go on
  while ((await leases.live(SHARE)).length > 0) await sleep(WAIT_MS);
  return () => {
    clearInterval(renewal);
    void leases.release(taken).catch(() => undefined); // it lapses by itself
  };
}
