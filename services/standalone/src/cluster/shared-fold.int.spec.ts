import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { startTestRegistry } from '@pharos/registry/testing';
import { holdTheFold, type SharedFold, shareTheFold } from './shared-fold.js';

describe('the shares of the fold', () => {
  let home: Awaited<ReturnType<typeof startTestRegistry>>;
  const errors: unknown[] = [];
  const running: SharedFold[] = [];
  beforeAll(async () => {
    home = await startTestRegistry(() => new Date());
  });
  afterAll(async () => {
    for (const each of running) await each.stop();
    await home.stop();
    expect([...errors, ...home.errors]).toEqual([]);
  });

  /** Who folds which share at this moment. Two at once would be the fault. */
  const folding = new Map<number, string>();
  const join = (holder: string): SharedFold => {
    const shared = shareTheFold({
      leases: home.registry.leases, holder, shares: 4, onError: (error) => errors.push(error),
      fold: async (share, signal) => {
        const mine = [0, 1, 2, 3].filter((partition) => share.owns('statements', partition));
        for (const each of mine) {
          if (folding.has(each)) errors.push(new Error(`${holder} folds ${each}, which ${folding.get(each)!} has`));
          folding.set(each, holder);
        }
        while (!signal.aborted) await share.alone(() => sleep(5));
        for (const each of mine) folding.delete(each);
      },
    }); // prettier-ignore
    running.push(shared);
    return shared;
  };
  const until = async (what: () => boolean): Promise<void> => {
    for (let tries = 0; !what() && tries < 400; tries++) await sleep(50);
    expect(what()).toBe(true);
  };

  it('are divided among those who run, held back for a rebuild, and taken over from who ends', async () => {
    const one = join('one');
    await until(() => one.held().length === 4 && folding.size === 4);
    const two = join('two');
    await until(() => one.held().length === 2 && two.held().length === 2 && folding.size === 4);
    const goOn = await holdTheFold(home.registry.leases, 'rebuild');
    expect(folding.size).toBe(0);
    await sleep(1_500);
    expect(folding.size).toBe(0);
    goOn();
    await until(() => folding.size === 4);
    await one.stop();
    await until(() => two.held().length === 4 && folding.size === 4);
  }, 60_000);
});
