import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { brokerMissing } from '@pharos/event-log/kafka-testing';
import { kafkaClient } from '@pharos/event-log';
import { createRandom } from '@pharos/learner-models';
import { verify } from '@pharos/projector';
import { sql } from '@pharos/warehouse';
import { startCollector } from './collector.js';
import { type Fault, faultSchedule } from './fault-schedule.js';
import { type LaptopCluster, startLaptopCluster } from './laptop-cluster.js';
import { statementStream } from './stream.js';

/**
 * A cluster of processes under kills, pauses and a network that fails: every acknowledged statement once in the tables, in the order of its learner, and the
 * tables what a fold of the log without any fault gives. `CLUSTER_SCHEDULES` says how many seeded schedules (3; 200 nightly).
 */
const missing = await brokerMissing();
if (missing !== undefined) process.stderr.write(`skipped: faults of a cluster (${missing})\n`);
const schedules = Number(process.env.CLUSTER_SCHEDULES ?? '3');
const firstPort = Number(process.env.CLUSTER_FIRST_PORT ?? '4700');

const STATEMENTS = 600;

const ids = { name: 'ids', sql: sql`SELECT id FROM statements FINAL WHERE tenant = {tenant:String}`, answer: ({ id }: Readonly<Record<string, unknown>>) => id as string }; // prettier-ignore

(missing === undefined ? describe : describe.skip)('a cluster', () => {
  let laptop: LaptopCluster;
  let collector: Awaited<ReturnType<typeof startCollector>>;
  const sent: string[] = [];
  beforeAll(async () => {
    collector = await startCollector();
    laptop = await startLaptopCluster(firstPort, { PHAROS_TRACES_URL: collector.url, PHAROS_TRACES_SHARE: '1' });
  }, 300_000);
  afterAll(async () => {
    await laptop.stop();
    await collector.close();
  }, 120_000);

  async function expectNothingLost(): Promise<void> {
    await laptop.untilFolded();
    const shown = await laptop.warehouse.tenant(laptop.tenant).ask(ids);
    const [asSent, asShown] = [new Set(sent), new Set(shown)];
    const [lost, strange] = [sent.filter((id) => !asShown.has(id)), shown.filter((id) => !asSent.has(id))];
    expect({ shown: shown.length, lost, strange }).toEqual({ shown: sent.length, lost: [], strange: [] });
    const { differing } = await verify({ log: laptop.log, warehouse: laptop.warehouse, registry: laptop.registry.folds });
    expect(differing).toEqual([]);
  }

  it('takes statements at any door and shows them in its tables', async () => {
    const statements = statementStream(STATEMENTS, 1);
    await laptop.sendAll(statements, 50);
    sent.push(...statements.map(({ id }) => id));
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

  it.each(Array.from({ length: schedules }, (_, i) => i + 1))(
    'loses and doubles nothing under schedule %i',
    async (seed) => {
      const faults = faultSchedule(createRandom(seed), 3);
      process.stderr.write(`schedule ${seed}: ${faults.map(({ name }) => name).join(', ')}\n`);
      await expectNothingLostUnder(1_000 + seed, faults);
    },
    600_000,
  );

  it('takes turns of its brokers: each is killed after the other', async () => {
    const kill = (name: string): Fault => ({
      name,
      afterMs: 500,
      strike: (cluster) => cluster.killAndRestart(name, 1_000),
    });
    await expectNothingLostUnder(2_000, ['kafka-1', 'kafka-2', 'kafka-3'].map(kill));
  }, 600_000);

  it('has projectors that share the partitions; one that is stopped for longer than its leases loses its shares and gets some again', async () => {
    await untilShared();
    await expectNothingLostUnder(3_000, [
      { name: 'projector-1', afterMs: 300, strike: (cluster) => cluster.pauseFor('projector-1', 14_000) },
    ]);
    await untilShared();
  }, 600_000);

  async function expectNothingLostUnder(stream: number, faults: readonly Fault[]): Promise<void> {
    const statements = statementStream(STATEMENTS, stream);
    const before = await laptop.log.heads('statements');
    const sending = laptop.sendAll(statements, 20);
    const striking = (async () => {
      for (const { afterMs, strike } of faults) {
        await sleep(afterMs);
        await strike(laptop);
      }
    })();
    // Whatever becomes of this schedule, the next one finds these there.
    sent.push(...statements.map(({ id }) => id));
    await Promise.all([sending, striking]);
    await expectNothingLost();
    await expectOrder(before, statements.map(({ id }) => id)); // prettier-ignore
  }

  /** Waits until each projector has half of the shares. */
  async function untilShared(): Promise<void> {
    const all = laptop.log.partitions('statements');
    const projectors = laptop.cluster.layout.members.filter(({ service }) => service === 'projector');
    const shares = () =>
      Promise.all(
        projectors.map(async ({ port }) => {
          const answer = (await (await fetch(`http://127.0.0.1:${port}/health/ready`)).json()) as { readonly shares: number };
          return answer.shares;
        }),
      );
    for (let wait = 0; wait < 60 && (await shares()).some((held) => held !== all / projectors.length); wait++) await sleep(500);
    expect(await shares()).toEqual(projectors.map(() => all / projectors.length));
  }

  /** The first position of each statement: within a learner in the order in which they were sent. */
  async function expectOrder(from: readonly number[], order: readonly string[]): Promise<void> {
    const place = new Map(order.map((id, index) => [id, index]));
    for (const [partition, offset] of from.entries()) {
      const last = new Map<string, number>();
      const seen = new Set<string>();
      for (
        let next = offset, page = await laptop.log.read('statements', partition, next);
        page.length > 0;
        page = await laptop.log.read('statements', partition, next)
      ) {
        for (const { stored } of page) {
          const { id, key, type } = stored as { readonly id: string; readonly key: string; readonly type: string };
          const index = place.get(id);
          if (type !== 'StatementRecorded' || index === undefined || seen.has(id)) continue;
          seen.add(id);
          expect(index).toBeGreaterThan(last.get(key) ?? -1);
          last.set(key, index);
        }
        next = page.at(-1)!.position.offset + 1;
      }
    }
  }

  it('puts poison aside and goes on', async () => {
    const producer = kafkaClient({ brokers: laptop.cluster.environment.PHAROS_KAFKA_BROKERS!.split(','), clientId: 'poison' }).producer();
    await producer.connect();
    const odd = [
      'not JSON {',
      '[]',
      JSON.stringify({ type: 'Unheard', version: 1 }),
      JSON.stringify({ type: 'StatementVoided', version: 99 }),
    ];
    await producer.send({ topic: 'pharos.statements', messages: odd.map((value) => ({ key: 'k', value, partition: 0 })) });
    await producer.disconnect();
    const statements = statementStream(100, 5_000);
    await laptop.sendAll(statements, 50);
    sent.push(...statements.map(({ id }) => id));
    await expectNothingLost();
    const [letters] = await laptop.log.heads('dead-letters');
    expect(letters).toBe(odd.length);
  }, 300_000);
});
