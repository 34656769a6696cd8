import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import { learnerDays } from '@pharos/warehouse';
import { statement } from './facts-of-test.js';
import { PROJECTOR_RUNTIME, type Projector, ProjectorModule } from './index.js';
import { openStores, type Stores } from './stores-of-test.js';

describe('the projector of a running application', () => {
  let stores: Stores;
  beforeAll(async () => {
    stores = await openStores();
  });
  afterAll(() => stores.dispose());

  it('folds what is appended while it runs, and finishes what is in hand when it stops', async () => {
    const [log, warehouse] = [await stores.log(), await stores.warehouse()];
    const failures: unknown[] = [];
    const options = { log, warehouse, onFailure: (error: unknown) => failures.push(error) };
    const app = await NestFactory.createApplicationContext(ProjectorModule.register(options), { logger: false });
    await log.append([statement('s1', 'ann')]);
    const deadline = Date.now() + 20_000;
    const uni = warehouse.tenant('uni');
    while ((await uni.ask(learnerDays('ann'))).length === 0 && Date.now() < deadline) await sleep(20);
    expect(await uni.ask(learnerDays('ann'))).toMatchObject([{ events: 1 }]);
    await app.close();
    const projector = app.get<Projector>(PROJECTOR_RUNTIME);
    expect(await projector.foldedThrough('statements')).toEqual(await log.heads('statements'));
    expect(failures).toEqual([]);
  });
});
