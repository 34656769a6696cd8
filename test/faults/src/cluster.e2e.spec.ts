import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { brokerMissing } from '@pharos/event-log/kafka-testing';
import { createRandom } from '@pharos/learner-models';
import { faketimeMissing } from './broker-clock.js';
import { ClusterCheck } from './cluster-check.js';
import { startCollector } from './collector.js';
import {
  away,
  deadlocks,
  dieInInsert,
  fillDisk,
  killLeader,
  noMemory,
  rebalanceStorm,
  startWithClock,
  tooManyParts,
} from './engine-faults.js';
import { type Fault, faultSchedule } from './fault-schedule.js';
import { tenantWithRisk } from './job-check.js';
import { type LaptopCluster, startLaptopCluster } from './laptop-cluster.js';
import { replayAll, writePoison } from './poison.js';
import { mayMount } from './small-disk.js';
import { statementStream } from './stream.js';
import { type Network } from './tcp-proxy.js';

/**
 * A cluster of processes under whatever may happen to one. Every test ends in the same check (`ClusterCheck`). `CLUSTER_SCHEDULES` says how
 * many seeded schedules (3; 200 nightly), `CLUSTER_FIRST_SEED` where they begin.
 */
const missing = await brokerMissing();
if (missing !== undefined) process.stderr.write(`skipped: faults of a cluster (${missing})\n`);
if (!mayMount) process.stderr.write('A full disk of a broker is skipped: this user may not mount a small one here.\n');
if (faketimeMissing !== undefined) process.stderr.write(`Wrong clocks of brokers are skipped: ${faketimeMissing}.\n`);
const schedules = Number(process.env.CLUSTER_SCHEDULES ?? '3');
const firstSeed = Number(process.env.CLUSTER_FIRST_SEED ?? '1');
const firstPort = Number(process.env.CLUSTER_FIRST_PORT ?? '4700');

const LONG_MS = 600_000;

(missing === undefined ? describe : describe.skip)('a cluster', () => {
  let laptop: LaptopCluster;
  let check: ClusterCheck;
  let collector: Awaited<ReturnType<typeof startCollector>>;
  const closing: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    collector = await startCollector();
    closing.push(() => collector.close());
    laptop = await startLaptopCluster(firstPort, { PHAROS_TRACES_URL: collector.url, PHAROS_TRACES_SHARE: '1' });
    closing.push(() => laptop.stop());
    check = new ClusterCheck(laptop);
  }, LONG_MS);
  afterAll(async () => {
    for (const close of closing.reverse()) await close();
  }, 120_000);

  const expectNothingLost = (): Promise<void> => check.expectNothingLost();
  const expectNothingLostUnder = (stream: number, faults: readonly Fault[]): Promise<void> => check.expectNothingLostUnder(stream, faults);
  const fault = (name: string, strike: Fault['strike'], afterMs = 300): Fault => ({ name, afterMs, strike });

  it('takes statements at any door and shows them in its tables', async () => {
    await check.send(statementStream(600, 1), 50);
    await expectNothingLost();
  }, 300_000);

  it('traces a statement from the door through the log to the fold', async () => {
    const complete = (): boolean => {
      const traces = Map.groupBy(collector.spans, ({ traceId }) => traceId);
      const way = ['pharos-ingest POST /xapi/statements', 'pharos-ingest log append', 'pharos-projector fold'];
      return [...traces.values()].some((spans) => way.every((step) => spans.some(({ service, name }) => `${service} ${name}` === step)));
    };
    // Spans are sent every five seconds.
    for (let wait = 0; wait < 60 && !complete(); wait++) await sleep(500);
    expect(complete()).toBe(true);
  }, 60_000);

  it.each(Array.from({ length: schedules }, (_, i) => firstSeed + i))(
    'loses and doubles nothing under schedule %i',
    async (seed) => {
      const faults = faultSchedule(createRandom(seed), 3);
      const began = performance.now();
      process.stderr.write(`schedule ${seed}: ${faults.map(({ name }) => name).join(', ')}\n`);
      await expectNothingLostUnder(1_000 + seed, faults);
      process.stderr.write(`schedule ${seed} held, ${((performance.now() - began) / 1_000).toFixed(0)} s\n`);
    },
    LONG_MS,
  );

  it('takes turns of its brokers: each is killed after the other', async () => {
    const kill = (name: string): Fault => fault(name, (cluster) => cluster.killAndRestart(name, 1_000), 500);
    await expectNothingLostUnder(90_000, ['kafka-1', 'kafka-2', 'kafka-3'].map(kill));
  }, LONG_MS); // prettier-ignore

  it('goes on when each of its services is killed after the other', async () => {
    const names = laptop.cluster.layout.members.map(({ name }) => name);
    await expectNothingLostUnder(89_000, names.map((name) => fault(name, (cluster) => cluster.killAndRestart(name, 500))));
    await check.untilShared();
  }, LONG_MS); // prettier-ignore

  it('goes on when whoever leads a partition is killed, and when it is stopped for longer than sessions and leases last', async () => {
    await expectNothingLostUnder(89_100, [
      fault('leader', (cluster) => killLeader(cluster, 0, 1_000)),
      fault('stopped', async (cluster) => cluster.pauseFor(await cluster.leaderOf(1), 14_000)),
    ]);
  }, LONG_MS); // prettier-ignore

  it('takes statements while the warehouse is away for a minute, and shows them when it is there again', async () => {
    let back = false;
    const gone = fault('minute', async (cluster) => void (await away(cluster, 'warehouse', 'SIGKILL', 60_000).then(() => (back = true))), 0);
    const taken = check.send(statementStream(600, 5_002), 20).then(() => back);
    await expectNothingLostUnder(89_200, [gone]);
    expect(await taken).toBe(false);
  }, LONG_MS); // prettier-ignore

  it('waits for a PostgreSQL that is restarted, and for one that is away', async () => {
    await expectNothingLostUnder(89_300, [
      fault('restarted', (cluster) => away(cluster, 'postgres', 'SIGINT', 0)),
      fault('away', (cluster) => away(cluster, 'postgres', 'SIGKILL', 20_000)),
    ]);
  }, LONG_MS); // prettier-ignore

  it('goes on while the network to each kind of engine is late, narrow, cut, reset or drops everything', async () => {
    const kinds: readonly Network[] = [{ slowMs: 200 }, { bytesPerMs: 16 }, 'cut', 'refuse', 'hang'];
    const engines = ['kafka-1', 'warehouse', 'postgres'];
    const faults = engines.flatMap((engine) => kinds.map((kind) => fault(engine, (cluster) => cluster.network(engine, kind, 3_000), 0)));
    await expectNothingLostUnder(89_400, faults);
  }, LONG_MS); // prettier-ignore

  it('has projectors that share the partitions; one that is stopped for longer than its leases loses its shares and gets some again', async () => {
    await check.untilShared();
    await expectNothingLostUnder(91_000, [fault('pause', (cluster) => cluster.pauseFor('projector-1', 14_000))]);
    await check.untilShared();
  }, LONG_MS); // prettier-ignore

  it('goes on while projectors leave and come, in order or by dying, more quickly than shares settle', async () => {
    await expectNothingLostUnder(92_000, [fault('storm', (cluster) => rebalanceStorm(cluster, createRandom(92), 8))]);
    await check.untilShared();
  }, LONG_MS); // prettier-ignore

  (mayMount ? it : it.skip)('goes on while the disk of a broker is full', async () => {
    await expectNothingLostUnder(93_000, [fault('disk', (cluster) => fillDisk(cluster, 'kafka-2', 6_000))]);
  }, LONG_MS); // prettier-ignore

  it('does not care that the clocks of its services are hours apart', async () => {
    const wrong = Object.entries({ 'ingest-1': 1, 'ingest-2': -1, 'projector-1': -1, 'jobs-1': 1, 'jobs-2': -1 });
    const clocks = (by: number) => wrong.map(([name, hours]) => fault(name, (cluster) => startWithClock(cluster, name, hours * by * 3_600_000), 0)); // prettier-ignore
    await expectNothingLostUnder(94_000, clocks(1));
    for (const { strike } of clocks(0)) await strike(laptop);
  }, LONG_MS); // prettier-ignore

  (faketimeMissing === undefined ? it : it.skip)('does not care that the clocks of its brokers are hours apart, and that the log changes between them', async () => {
    const clock = (name: string, hours: number) => fault(name, (cluster) => startWithClock(cluster, name, hours * 3_600_000), 500);
    await expectNothingLostUnder(94_500, [clock('kafka-1', 1), clock('kafka-2', -1), fault('leader', (cluster) => killLeader(cluster, 0, 500))]);
    for (const name of ['kafka-1', 'kafka-2']) await clock(name, 0).strike(laptop);
  }, LONG_MS); // prettier-ignore

  it('waits for a warehouse that refuses: too many parts, no memory', async () => {
    await expectNothingLostUnder(95_000, [
      fault('parts', (cluster) => tooManyParts(cluster, 4_000)),
      fault('memory', (cluster) => noMemory(cluster, 4_000)),
    ]);
  }, LONG_MS); // prettier-ignore

  it('writes again what a warehouse had half when it died in the middle of an insert', async () => {
    const met: boolean[] = [];
    const dies = (afterMs: number): Fault => fault('dies', async (cluster) => void met.push(await dieInInsert(cluster, afterMs, 300)), 0);
    await expectNothingLostUnder(96_000, [0, 3, 12].map(dies));
    expect(met).toContain(true);
  }, LONG_MS); // prettier-ignore

  it('begins again where PostgreSQL ends a transaction that waited in a circle', async () => {
    let broken = 0;
    await expectNothingLostUnder(97_000, [fault('circles', async (cluster) => void (broken = await deadlocks(cluster, 8_000)), 0)]);
    expect(broken).toBeGreaterThan(0);
  }, LONG_MS); // prettier-ignore

  it('follows a jobs process that died in the middle of a slot within half a minute, and acts once', async () => {
    const tookMs = await takenOver('dies', (name) => laptop.end(name, 'SIGKILL'));
    process.stderr.write(`a slot whose holder died was taken over after ${(tookMs / 1_000).toFixed(1)} s\n`);
    expect(tookMs).toBeLessThan(30_000);
    await check.expectEachAlertOnce('dies', 7);
    await laptop.cluster.start('jobs-1');
    await expectNothingLost();
  }, LONG_MS); // prettier-ignore

  it('does not let a jobs process act that was stopped in the middle of a slot and wakes up when another has it', async () => {
    const { pid } = laptop.cluster.members().find(({ name }) => name === 'jobs-1')!;
    await takenOver('wakes', () => Promise.resolve(process.kill(pid, 'SIGSTOP')));
    await check.expectEachAlertOnce('wakes', 7);
    process.kill(pid, 'SIGCONT');
    await sleep(5_000);
    await check.expectEachAlertOnce('wakes', 7);
    await expectNothingLost();
  }, LONG_MS); // prettier-ignore

  /** Has jobs-1 begin a slot alone and not get on with it; then this becomes of it. @returns how long until jobs-2 is at that slot */
  async function takenOver(tenant: string, become: (name: string) => Promise<unknown>): Promise<number> {
    const other = laptop.cluster.members().find(({ name }) => name === 'jobs-2')!.pid;
    const { jobRuns } = laptop.registry.tenant(tenant);
    // The first that is due; what it reads is not folded while the warehouse does not answer.
    const attempts = async (): Promise<number> => (await jobRuns.list({ job: 'risk' }))[0]?.attempt ?? 0;
    process.kill(other, 'SIGSTOP');
    laptop.networkTo('warehouse').be('hang');
    await tenantWithRisk(laptop, tenant, 7);
    while ((await attempts()) === 0) await sleep(100);
    await become('jobs-1');
    process.kill(other, 'SIGCONT');
    const began = performance.now();
    laptop.networkTo('warehouse').be('pass');
    while ((await attempts()) === 1) await sleep(50);
    return performance.now() - began;
  }

  it('puts poison aside and goes on, whatever its size', async () => {
    check.bad(await writePoison(laptop));
    await check.send(statementStream(100, 5_000), 50);
    await expectNothingLost();
  }, LONG_MS); // prettier-ignore

  it('is not changed by a log that is written into it a second time, at rest or under load', async () => {
    await laptop.untilFolded();
    // Keys stand at every position at which a statement lies in the log; who reads them drops those that its claim does not name.
    const hashes = async () => (await laptop.warehouse.hashes()).filter(({ table }) => table !== 'statement_keys');
    const before = await hashes();
    expect(await replayAll(laptop)).toBeGreaterThan(600);
    await laptop.untilFolded();
    expect(await hashes()).toEqual(before);
    await Promise.all([replayAll(laptop), check.send(statementStream(600, 5_001), 20)]);
    await expectNothingLost();
  }, LONG_MS); // prettier-ignore
});
