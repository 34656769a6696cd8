import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EventLog } from '@pharos/event-log';
import { type Topic } from '@pharos/facts';
import { type Warehouse } from '@pharos/warehouse';
import { enrolled, linked, mathsDefined, statement, voided } from './facts-of-test.js';
import { createProjector, type FoldShare, PROJECTOR, verify } from './index.js';
import { openStores, type Stores } from './stores-of-test.js';

const learners = Array.from({ length: 12 }, (_, n) => `learner-${n}`);

describe('several projectors on one set of tables', () => {
  let stores: Stores;
  beforeAll(async () => {
    stores = await openStores();
  });
  afterAll(() => stores.dispose());

  /** Voids in other partitions than their targets, links, and facts that come twice. */
  async function append(log: EventLog, round: number): Promise<void> {
    for (const [n, learner] of learners.entries()) {
      const id = `${round}-${n}`;
      await log.append([statement(id, learner, round % 4), statement(`${id}-b`, learner, round % 4)]);
      if (n % 3 === 0) await log.append([voided(id, `voider-${id}`, learners[(n + 5) % learners.length]!)]);
      if (n % 5 === 0) await log.append([statement(id, learner, round % 4)]);
    }
    await log.append([linked(learners[round % 6]!, learners[6 + (round % 6)]!, round % 2 === 0, round)]);
  }

  /** One at a time, in the order in which they ask. */
  function turns(): FoldShare['alone'] {
    let last: Promise<unknown> = Promise.resolve();
    return (work) => {
      const mine = last.then(work);
      last = mine.catch(() => undefined); // told to its own caller
      return mine;
    };
  }
  const half = (remainder: number, alone: FoldShare['alone'], holds: () => boolean = () => true): FoldShare => ({
    owns: (_: Topic, partition: number) => partition % 2 === remainder,
    holds,
    alone,
  });
  const caughtUp = async (log: EventLog) => {
    for (const topic of ['statements', 'roster'] as const) {
      if ((await log.committed(PROJECTOR, topic)).join() !== (await log.heads(topic)).join()) return false;
    }
    return true;
  };
  const expectAsOne = async (log: EventLog, warehouse: Warehouse) => {
    const shared = await warehouse.hashes();
    const alone = await stores.warehouse();
    await log.forget(PROJECTOR);
    await createProjector({ log, warehouse: alone }).runUntilCaughtUp();
    expect(shared).toEqual(await alone.hashes());
    expect((await verify({ log, warehouse: alone })).differing).toEqual([]);
  };

  it('make the tables that one makes, while facts come in', async () => {
    const [log, warehouse, alone] = [await stores.log(), await stores.warehouse(), turns()];
    await log.append([mathsDefined(), ...learners.map((learner) => enrolled(learner))]);
    const stop = new AbortController();
    const both = [0, 1].map((n) => createProjector({ log, warehouse, share: half(n, alone) }).run(stop.signal));
    for (let round = 0; round < 6; round++) await append(log, round);
    while (!(await caughtUp(log))) await new Promise((resolve) => setTimeout(resolve, 20));
    stop.abort();
    await Promise.all(both);
    await expectAsOne(log, warehouse);
  });

  it('lose nothing when one ends with a batch in hand, and commit nothing of a share that is another’s', async () => {
    const [log, warehouse, alone] = [await stores.log(), await stores.warehouse(), turns()];
    await append(log, 0);
    const before = await log.heads('statements');
    // Its leases ran out while it folded: rows are written, positions are not.
    await createProjector({ log, warehouse, share: half(0, alone, () => false) }).runUntilCaughtUp();
    expect(await log.committed(PROJECTOR, 'statements')).toEqual(before.map(() => 0));
    await append(log, 1);
    await createProjector({ log, warehouse, share: half(1, alone) }).runUntilCaughtUp();
    const committed = await log.committed(PROJECTOR, 'statements');
    const heads = await log.heads('statements');
    expect(committed).toEqual(heads.map((head, partition) => (partition % 2 === 1 ? head : 0)));
    await createProjector({ log, warehouse, share: half(0, alone) }).runUntilCaughtUp();
    expect(await caughtUp(log)).toBe(true);
    await expectAsOne(log, warehouse);
  });
});
