import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type EmbeddedLog, openEmbeddedLog } from '@pharos/event-log';
import { factId, topicNames, topicOf } from '@pharos/facts';
import { type Registry } from '@pharos/registry';
import { startTestRegistry } from '@pharos/registry/testing';
import { createLogger } from '@pharos/runtime';
import { openWarehouse, type Warehouse } from '@pharos/warehouse';
import { DateTime } from 'luxon';
import { type Job, type JobScope, type JobsHome } from './job.js';
import { Scheduler } from './scheduler.js';

/** Several processes that run jobs, as far as a registry, a log and leases can tell: each has a holder's name and a clock of its own. */

const tenant = 'district';
const consumer = 'projector';
/** One to come: a slot before the tenant was there is not due. */
const monday = DateTime.utc().plus({ weeks: 1 }).startOf('week').toISODate();
let folder: string;
let registries: Awaited<ReturnType<typeof startTestRegistry>>;
let log: EmbeddedLog;
let warehouse: Warehouse;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'pharos-scheduler-'));
  registries = await startTestRegistry(() => new Date());
  log = await openEmbeddedLog({ path: path.join(folder, 'log'), now: () => new Date() });
  warehouse = await openWarehouse({ path: path.join(folder, 'warehouse') });
  await registries.registry.tenants.put({ id: tenant, name: 'District' });
});
afterAll(async () => {
  await warehouse.close();
  await log.close();
  await registries.stop();
  await rm(folder, { recursive: true, force: true });
});

let replicas = 0;
function replica(clock: string, registry: Registry = registries.registry): { readonly home: JobsHome; readonly scheduler: Scheduler } {
  const home: JobsHome = {
    log, warehouse, registry, logger: createLogger('silent', 'test'), now: () => new Date(clock), holder: `replica-${++replicas}`, foldedBy: consumer,
  }; // prettier-ignore
  return { home, scheduler: new Scheduler(home) };
}

const jobOf = (name: string, run: Job['run'], more: Partial<Job> = {}): Job => ({ name, about: 'test', cron: '0 3 * * 1', run, ...more });
const slotOf = (job: string) => registries.registry.tenant(tenant).jobRuns.ofSlot(job, monday);
/** Both a pause and the process in it: it goes on when told. */
function gate() {
  let open = (): void => undefined;
  let arrived = (): void => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  const reached = new Promise<void>((resolve) => (arrived = resolve));
  return { open: () => open(), reached, wait: () => (arrived(), passed) };
}

describe('a slot', () => {
  it('runs once, however many replicas look at it and however their clocks stand, as of one moment', async () => {
    const moments: string[] = [];
    const job = jobOf('once', ({ asOf }) => {
      moments.push(asOf);
      return Promise.resolve({ done: 1 });
    });
    const clocks = ['03:00:00.000Z', '03:00:00.007Z', '04:02:00.000Z', '03:00:00.000Z'];
    await Promise.all(clocks.map((clock) => replica(`${monday}T${clock}`).scheduler.lookOnce([job])));
    expect(moments).toEqual([`${monday}T00:00:00.000Z`]);
    expect(await slotOf('once')).toMatchObject({ outcome: 'ok', attempt: 1, counts: { done: 1 } });
  });

  it('whose hour passed while nobody lived is run by who comes next, and one before the tenant was there is not', async () => {
    let ran = 0;
    const job = jobOf('late', () => Promise.resolve({ ran: ++ran }));
    await replica(`${monday}T23:30:00.000Z`).scheduler.lookOnce([job]);
    expect(ran).toBe(1);
    await replica('2001-01-01T00:00:00.000Z').scheduler.lookOnce([job]);
    expect(ran).toBe(1);
  });

  it('waits for the job that it rests on', async () => {
    const order: string[] = [];
    let fails = true;
    const first = jobOf('first', () => (order.push('first'), fails ? Promise.reject(new Error('no engine')) : Promise.resolve({})));
    const second = jobOf('second', () => (order.push('second'), Promise.resolve({})), { after: 'first' });
    const { scheduler } = replica(`${monday}T05:00:00.000Z`);
    await scheduler.lookOnce([first, second]);
    expect([order, await slotOf('second')]).toEqual([['first'], undefined]);
    expect(await slotOf('first')).toMatchObject({ outcome: 'failed', reason: 'no engine' });
    fails = false;
    // What failed is left alone for some minutes: the registry's clock is the real one, this replica's is days ahead.
    await scheduler.lookOnce([first, second]);
    expect(order).toEqual(['first', 'first', 'second']);
  });
});

describe('a holder', () => {
  const said = async (scope: JobScope, word: string): Promise<void> => {
    const { home, asOf } = scope;
    const id = factId('said', tenant, word, asOf);
    await home.log.append([{ id, type: 'SourceSilent', version: 1, tenant, key: 'lms', occurredAt: asOf, knownAt: asOf, data: { source: 'lms', since: asOf, silent: true } }]); // prettier-ignore
  };
  beforeEach(async () => {
    for (const topic of topicNames)
      for (const [partition, head] of (await log.heads(topic)).entries()) await log.commit(consumer, topic, partition, head);
  });
  const idsSaid = async (): Promise<readonly string[]> => {
    const topic = topicOf('SourceSilent');
    const pages = await Promise.all((await log.heads(topic)).map((_, partition) => log.read(topic, partition, 0)));
    return pages.flat().map(({ stored }) => (stored as { readonly id: string }).id);
  };

  it('that died in the middle is followed, and what both did is one thing', async () => {
    const pause = gate();
    let attempts = 0;
    const job = jobOf('resumed', async (scope) => {
      attempts += 1;
      await said(scope, 'a');
      if (attempts === 1) await pause.wait();
      await said(scope, 'b');
      return { attempts };
    });
    const paused = replica(`${monday}T03:00:00.000Z`);
    const other = replica(`${monday}T03:09:00.000Z`);
    const first = paused.scheduler.lookOnce([job]);
    await pause.reached;
    const before = await slotOf('resumed');
    await other.scheduler.lookOnce([job]);
    expect(await slotOf('resumed')).toMatchObject({ outcome: null, attempt: 1 });

    await expireLease(`job/${tenant}/resumed`);
    await other.scheduler.lookOnce([job]);
    const done = await slotOf('resumed');
    expect(done).toMatchObject({ outcome: 'ok', attempt: 2, counts: { attempts: 2 }, asOf: before!.asOf, positions: before!.positions });

    // The first wakes up: it says again what was said, which has the same ids, and its end is not taken.
    pause.open();
    await first;
    expect(await slotOf('resumed')).toEqual(done);
    const ids = await idsSaid();
    expect([ids.length, new Set(ids).size]).toEqual([4, 2]);
  });

  it('that lost its slot and fails does not undo what the other ended', async () => {
    const pause = gate();
    let attempts = 0;
    const job = jobOf('undone', async () => {
      attempts += 1;
      if (attempts > 1) return { good: 1 };
      await pause.wait();
      throw new Error('its engine had gone meanwhile');
    });
    const first = replica(`${monday}T03:00:00.000Z`).scheduler.lookOnce([job]);
    await pause.reached;
    await expireLease(`job/${tenant}/undone`);
    await replica(`${monday}T03:00:00.000Z`).scheduler.lookOnce([job]);
    pause.open();
    await first;
    expect(await slotOf('undone')).toMatchObject({ outcome: 'ok', counts: { good: 1 }, reason: null });
  });

  /** As time does while a process is stopped: its renewals stop with it. */
  async function expireLease(name: string): Promise<void> {
    const { leases } = registries.registry;
    const { rows } = await registries.query('UPDATE leases SET expires_at = clock_timestamp() WHERE name = $1 RETURNING holder', [name]);
    expect(rows).toHaveLength(1);
    expect(await leases.acquire(name, 'passer-by', 1)).toMatchObject({ holder: 'passer-by' });
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
});
