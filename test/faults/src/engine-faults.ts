import { setTimeout as sleep } from 'node:timers/promises';
import { type Random } from '@pharos/learner-models';
import { type LaptopCluster } from './laptop-cluster.js';

/** Faults of engines and of the processes around them: each strikes and mends itself before it resolves. */

/** PostgreSQL looks for a circle after a second of waiting; whoever waited first is the one that it ends. */
const HOLD_MS = 400;

/** Kills the broker that leads a partition of the statements at this moment. */
export async function killLeader(cluster: LaptopCluster, partition: number, pauseMs: number): Promise<void> {
  await cluster.killAndRestart(await cluster.leaderOf(partition), pauseMs);
}

/** An engine is gone for a while: ended, in order or not, and started again. */
export async function away(cluster: LaptopCluster, engine: string, signal: NodeJS.Signals, ms: number): Promise<void> {
  await cluster.end(engine, signal);
  await sleep(ms);
  await cluster.cluster.start(engine);
}

/** No room is left on a broker's disk for a while; then somebody makes room and starts the broker again, as its disk's failure ended it. */
export async function fillDisk(cluster: LaptopCluster, broker: string, ms: number): Promise<void> {
  const disk = cluster.diskOf(broker)!;
  await disk.fill();
  await sleep(ms);
  await disk.free();
  await cluster.killAndRestart(broker, 0);
}

/** The clock of a service goes wrong, as that of a machine does which starts with a wrong one. */
export async function startWithClock(cluster: LaptopCluster, name: string, wrongByMs: number): Promise<void> {
  cluster.setClock(name, wrongByMs);
  await cluster.killAndRestart(name, 0);
}

/** Projectors come and go so quickly that shares hardly settle; some leave in order, some die. */
export async function rebalanceStorm(cluster: LaptopCluster, random: Random, rounds: number): Promise<void> {
  const projectors = cluster.cluster.layout.members.filter(({ service }) => service === 'projector').map(({ name }) => name);
  for (let round = 0; round < rounds; round++) {
    const name = projectors[random.integer(projectors.length)]!;
    await cluster.end(name, random.integer(2) === 0 ? 'SIGTERM' : 'SIGKILL');
    await sleep(random.integer(800));
    await cluster.cluster.start(name);
    await sleep(random.integer(1_200));
  }
}

/** The engine refuses inserts because merges do not keep up: its own code 252, from its own limit. */
export async function tooManyParts(cluster: LaptopCluster, ms: number): Promise<void> {
  await cluster.tellWarehouse('ALTER TABLE pharos.statements MODIFY SETTING parts_to_throw_insert = 1');
  await sleep(ms);
  await cluster.tellWarehouse('ALTER TABLE pharos.statements RESET SETTING parts_to_throw_insert');
}

const outOfMemory =
  'Code: 241. DB::Exception: Memory limit (total) exceeded: would use 7.20 GiB, maximum: 7.20 GiB. (MEMORY_LIMIT_EXCEEDED)';

/** Every question and insert is refused for want of memory: answered as ClickHouse answers, since the engine of the tests has no such limit to set. */
export async function noMemory(cluster: LaptopCluster, ms: number): Promise<void> {
  const head = `HTTP/1.1 500 Internal Server Error\r\nX-ClickHouse-Exception-Code: 241\r\nConnection: close\r\nContent-Length: ${outOfMemory.length}\r\n\r\n`;
  await cluster.network('warehouse', { answer: head + outOfMemory }, ms);
}

/** The engine dies a moment after an insert has begun to reach it. @returns whether one came in time */
export async function dieInInsert(cluster: LaptopCluster, afterMs: number, pauseMs: number): Promise<boolean> {
  const network = cluster.networkTo('warehouse');
  const { promise, resolve } = Promise.withResolvers<boolean>();
  network.be({ told: (piece) => /INSERT(\+|%20| )INTO/.test(piece.toString('latin1', 0, 8_192)) && resolve(true) });
  const came = await Promise.race([promise, sleep(8_000, false)]);
  await sleep(afterMs);
  network.be('pass');
  await cluster.killAndRestart('warehouse', pauseMs);
  return came;
}

/**
 * Has transactions of the door and another wait for each other: it holds what they need next and then asks for what they hold.
 *
 * @returns how many circles PostgreSQL broke
 */
export async function deadlocks(cluster: LaptopCluster, ms: number): Promise<number> {
  const client = await cluster.postgres();
  const counted = async (): Promise<number> => {
    const { rows } = await client.query<{ n: string }>('SELECT deadlocks AS n FROM pg_stat_database WHERE datname = current_database()');
    return Number(rows[0]!.n);
  };
  try {
    const before = await counted();
    for (const until = performance.now() + ms; performance.now() < until; await sleep(100)) {
      await client.query('BEGIN');
      try {
        await client.query('LOCK TABLE log_claim_batches IN SHARE MODE');
        await sleep(HOLD_MS);
        await client.query('LOCK TABLE log_claims IN SHARE MODE');
        await client.query('COMMIT');
      } catch (error) {
        if ((error as { code?: string }).code !== '40P01') throw error;
        await client.query('ROLLBACK');
      }
    }
    await sleep(1_000); // figures are told with a delay
    return (await counted()) - before;
  } finally {
    await client.end();
  }
}
