import { type Random } from '@pharos/learner-models';
import { deadlocks, dieInInsert, fillDisk, killLeader, noMemory, rebalanceStorm, startWithClock, tooManyParts } from './engine-faults.js';
import { type LaptopCluster } from './laptop-cluster.js';
import { mayMount } from './small-disk.js';
import { type Network } from './tcp-proxy.js';

/** What happens to a cluster, and when: one fault after the other, each with the wait before it. */
export interface Fault {
  readonly name: string;
  readonly afterMs: number;
  readonly strike: (cluster: LaptopCluster) => Promise<void>;
}

const services = ['ingest-1', 'ingest-2', 'projector-1', 'projector-2'] as const;
const brokers = ['kafka-1', 'kafka-2', 'kafka-3'] as const;
const others = ['jobs-1', 'jobs-2', 'insights-1'] as const;
const killed = [...services, ...others, ...brokers, 'warehouse', 'postgres'] as const;
/** PostgreSQL's first process only founds the others: stopping it stops nobody's work. */
const paused = [...services, ...others, ...brokers, 'warehouse'] as const;
const engines = [...brokers, 'warehouse', 'postgres'] as const;
const clocks = [...services, 'jobs-1'] as const;
const networks: readonly Network[] = ['refuse', 'hang', 'cut', { slowMs: 200 }, { bytesPerMs: 16 }];

/** Longer than a lease (10 s) and a broker's session (3 s), so that both are lost now and then. */
const PAUSE_MS = 14_000;
const NETWORK_MS = 8_000;

const oneOf = <T>(random: Random, all: readonly T[]): T => all[random.integer(all.length)]!;

const HOUR_MS = 3_600_000;
const REFUSES_MS = 6_000;

/** Makes one fault of a kind; how often a kind stands in the list is how likely it is. */
type Kind = (random: Random) => Omit<Fault, 'afterMs'>;

const kill: Kind = (random) => {
  const [name, pauseMs] = [oneOf(random, killed), random.integer(2_000)];
  return { name: `kill ${name}`, strike: (cluster) => cluster.killAndRestart(name, pauseMs) };
};
const leader: Kind = (random) => {
  const [partition, pauseMs] = [random.integer(12), random.integer(2_000)];
  return { name: `kill the leader of statements/${partition}`, strike: (cluster) => killLeader(cluster, partition, pauseMs) };
};
const pause: Kind = (random) => {
  const [name, ms] = [oneOf(random, paused), random.integer(PAUSE_MS)];
  return { name: `pause ${name} for ${ms} ms`, strike: (cluster) => cluster.pauseFor(name, ms) };
};
const network: Kind = (random) => {
  const [engine, kind, ms] = [oneOf(random, engines), oneOf(random, networks), random.integer(NETWORK_MS)];
  return { name: `network to ${engine} ${JSON.stringify(kind)} for ${ms} ms`, strike: (cluster) => cluster.network(engine, kind, ms) };
};
const disk: Kind = (random) => {
  const [broker, ms] = [oneOf(random, brokers), 1_000 + random.integer(4_000)];
  return { name: `disk of ${broker} full for ${ms} ms`, strike: (cluster) => fillDisk(cluster, broker, ms) };
};
const clock: Kind = (random) => {
  const [name, ms] = [oneOf(random, clocks), random.integer(2) === 0 ? HOUR_MS : -HOUR_MS];
  return { name: `clock of ${name} wrong by ${ms / HOUR_MS} h`, strike: (cluster) => startWithClock(cluster, name, ms) };
};
const storm: Kind = (random) => {
  const rounds = 2 + random.integer(4);
  return { name: `${rounds} projectors leave and come`, strike: (cluster) => rebalanceStorm(cluster, random, rounds) };
};
const refuses: Kind = (random) => {
  const [ms, parts] = [random.integer(REFUSES_MS), random.integer(2) === 0];
  return parts
    ? { name: `warehouse has too many parts for ${ms} ms`, strike: (cluster) => tooManyParts(cluster, ms) }
    : { name: `warehouse has no memory for ${ms} ms`, strike: (cluster) => noMemory(cluster, ms) };
};
const dies: Kind = (random) => {
  const [afterMs, pauseMs] = [random.integer(20), random.integer(2_000)];
  return {
    name: `warehouse dies ${afterMs} ms into an insert`,
    strike: async (cluster) => void (await dieInInsert(cluster, afterMs, pauseMs)),
  };
};
const circles: Kind = (random) => {
  const ms = 1_000 + random.integer(3_000);
  return { name: `deadlocks for ${ms} ms`, strike: async (cluster) => void (await deadlocks(cluster, ms)) };
};

const kinds: readonly Kind[] = [
  kill, kill, kill, leader, pause, pause, network, network, clock, storm, refuses, dies, circles, ...(mayMount ? [disk] : []),
]; // prettier-ignore

/** @example faultSchedule(createRandom(7), 3).map(({ name }) => name) // => ['kill kafka-2', 'pause projector-1 for 412 ms', ...] */
export function faultSchedule(random: Random, faults: number): readonly Fault[] {
  return Array.from({ length: faults }, () => ({ afterMs: random.integer(1_500), ...oneOf(random, kinds)(random) }));
}
