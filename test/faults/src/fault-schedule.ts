import { type Random } from '@pharos/learner-models';
import { type LaptopCluster } from './laptop-cluster.js';
import { type Network } from './tcp-proxy.js';

/** What happens to a cluster, and when: one fault after the other, each with the wait before it. */
export interface Fault {
  readonly name: string;
  readonly afterMs: number;
  readonly strike: (cluster: LaptopCluster) => Promise<void>;
}

const services = ['ingest-1', 'ingest-2', 'projector-1', 'projector-2'] as const;
const brokers = ['kafka-1', 'kafka-2', 'kafka-3'] as const;
const killed = [...services, ...brokers, 'warehouse', 'postgres'] as const;
/** PostgreSQL's first process only founds the others: stopping it stops nobody's work. */
const paused = [...services, ...brokers, 'warehouse'] as const;
const engines = [...brokers, 'warehouse', 'postgres'] as const;
const networks: readonly Network[] = ['refuse', 'hang', 'cut', { slowMs: 200 }];

/** Longer than a lease (10 s) and a broker's session (3 s), so that both are lost now and then. */
const PAUSE_MS = 14_000;
const NETWORK_MS = 8_000;

const oneOf = <T>(random: Random, all: readonly T[]): T => all[random.integer(all.length)]!;

/** @example faultSchedule(createRandom(7), 3).map(({ name }) => name) // => ['kill kafka-2', 'pause projector-1', ...] */
export function faultSchedule(random: Random, faults: number): readonly Fault[] {
  return Array.from({ length: faults }, (): Fault => {
    const afterMs = random.integer(1_500);
    const kind = random.integer(4);
    if (kind < 2) {
      const [name, pauseMs] = [oneOf(random, killed), random.integer(2_000)];
      return { name: `kill ${name}`, afterMs, strike: (cluster) => cluster.killAndRestart(name, pauseMs) };
    }
    if (kind === 2) {
      const [name, ms] = [oneOf(random, paused), random.integer(PAUSE_MS)];
      return { name: `pause ${name} for ${ms} ms`, afterMs, strike: (cluster) => cluster.pauseFor(name, ms) };
    }
    const [engine, network, ms] = [oneOf(random, engines), oneOf(random, networks), random.integer(NETWORK_MS)];
    return {
      name: `network to ${engine} ${JSON.stringify(network)} for ${ms} ms`,
      afterMs,
      strike: (cluster) => cluster.network(engine, network, ms),
    };
  });
}
