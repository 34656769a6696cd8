import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type NewFact } from '@pharos/facts';
import { startTestRegistry } from '@pharos/registry/testing';
import { enrolled, linked, mathsDefined, statement } from './facts-of-test.js';
import { createProjector, PROJECTOR, rebuild, verify } from './index.js';
import { openStores, type Stores } from './stores-of-test.js';

const taught: NewFact = {
  id: 'taught', type: 'TeacherAssigned', version: 1, tenant: 'uni', key: 'maths-2014', occurredAt: '2014-10-01T10:00:00.000Z',
  data: { class: 'maths-2014', teacher: 'tess', active: true },
}; // prettier-ignore

describe('the fold into the registry', () => {
  let stores: Stores;
  let home: Awaited<ReturnType<typeof startTestRegistry>>;
  beforeAll(async () => {
    stores = await openStores();
    home = await startTestRegistry(() => new Date('2026-02-02T08:00:00.000Z'));
  }, 60_000);
  afterAll(async () => {
    await home.stop();
    await stores.dispose();
  });

  it('keeps its positions with its rows, changes nothing when it folds again, and rebuilds to the same rows', async () => {
    const [log, warehouse] = [await stores.log(), await stores.warehouse()];
    const registry = home.registry.folds;
    const projector = createProjector({ log, warehouse, registry });
    const empty = await registry.fingerprint();
    await log.append([mathsDefined(), enrolled('ann'), taught, statement('s1', 'ann')]);
    await projector.runUntilCaughtUp();
    const first = await registry.fingerprint();
    expect(first).not.toEqual(empty);
    expect(await registry.positions(PROJECTOR, 'roster', log.partitions('roster'))).toEqual(await log.heads('roster'));

    await log.append([linked('annie', 'ann', true, 3)]);
    await projector.runUntilCaughtUp();
    const second = await registry.fingerprint();
    expect(second).not.toEqual(first);
    await projector.runUntilCaughtUp();
    expect(await registry.fingerprint()).toEqual(second);

    await rebuild({ log, warehouse, registry });
    expect(await registry.fingerprint()).toEqual(second);
    expect(await verify({ log, warehouse, registry })).toMatchObject({ differing: [], registry: second });
    expect(home.errors).toEqual([]);
  }, 60_000);
});
