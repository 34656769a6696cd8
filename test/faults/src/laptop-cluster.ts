import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createClient } from '@clickhouse/client';
import { kafkaClient, type KafkaLog, openKafkaLog } from '@pharos/event-log';
import { topicNames } from '@pharos/facts';
import { openRegistry, type Registry } from '@pharos/registry';
import { type Crossing } from '@pharos/standalone/cluster/crossings';
import { bringUp, type Cluster } from '@pharos/standalone/cluster/laptop';
import { openWarehouse, type Warehouse } from '@pharos/warehouse';
import pg from 'pg';
import { brokerClock } from './broker-clock.js';
import { mayMount, mountSmallDisk, type SmallDisk } from './small-disk.js';
import { type SentStatement } from './stream.js';
import { type Network, startTcpProxy, type TcpProxy } from './tcp-proxy.js';
import { xapiClient } from './xapi-client.js';

/** A cluster of processes on this machine, and the engines as the test sees them. */
export interface LaptopCluster {
  readonly cluster: Cluster;
  readonly log: KafkaLog;
  readonly warehouse: Warehouse;
  readonly registry: Registry;
  readonly tenant: string;
  /** Sends batches one after the other, each until it is acknowledged. */
  sendAll(statements: readonly SentStatement[], size: number): Promise<{ readonly retries: number }>;
  /** As a loss of power would; whoever has the name is started again after the pause. */
  killAndRestart(name: string, pauseMs: number): Promise<void>;
  /** Stops a process in the middle of whatever it does, and lets it go on: its clock and its leases have run meanwhile. */
  pauseFor(name: string, ms: number): Promise<void>;
  /** Makes the network between all services and an engine fail for a while. */
  network(engine: string, network: Network, ms: number): Promise<void>;
  /** Ends a process by a signal and waits until it is gone; it stays away until it is started. */
  end(name: string, signal: NodeJS.Signals): Promise<void>;
  /** The network to an engine, for faults that have to see what goes through. */
  networkTo(engine: string): TcpProxy;
  /** The broker that leads a partition of the statements at this moment. */
  leaderOf(partition: number): Promise<string>;
  /** The disk of a broker; undefined where no small one may be mounted. */
  diskOf(broker: string): SmallDisk | undefined;
  /** From its next start on a service is of another release, whose command line this is; undefined: of the present one. */
  setRelease(name: string, main: string | undefined): void;
  /** From its next start on the clock of a service or a broker is wrong by so much; of a broker only where `faketimeMissing` is undefined. */
  setClock(name: string, wrongByMs: number): void;
  /** A connection to the registry's database as the owner of its tables, past the network that fails. The caller ends it. */
  postgres(): Promise<pg.Client>;
  /** Has the warehouse's engine do something, past the network that fails. */
  tellWarehouse(query: string): Promise<void>;
  untilFolded(): Promise<void>;
  stop(): Promise<void>;
}

const clock = fileURLToPath(new URL('./clock.mjs', import.meta.url));
/** Topics of a run take some megabytes; segments and indexes are sparse until they are written. */
const DISK_MB = 256;
const BROKERS = 3;

const TENANT = 'district';
const GIVE_UP_MS = 180_000;
const GONE_MS = 30_000;

/**
 * @param settings more settings of the services
 * @param former the command line of another release, which all services are of until they are told otherwise
 */
export async function startLaptopCluster(
  firstPort: number,
  settings: Readonly<Record<string, string>> = {},
  former?: string,
): Promise<LaptopCluster> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'pharos-cluster-'));
  await chmod(folder, 0o711); // PostgreSQL runs as a user of its own where the tests run as root
  const proxies = new Map<string, TcpProxy>();
  const between = async (crossings: readonly Crossing[]): Promise<void> => {
    for (const { engine, port, to } of crossings) proxies.set(engine, await startTcpProxy(port, to));
  };
  const disks = new Map<string, SmallDisk>();
  for (let n = 1; mayMount && n <= BROKERS; n++)
    disks.set(`kafka-${n}`, await mountSmallDisk(path.join(folder, `kafka-${n}`, 'data'), DISK_MB));
  const clocks = new Map<string, number>();
  const settingsOf = (name: string): Readonly<Record<string, string>> => {
    const wrongByMs = clocks.get(name);
    if (wrongByMs === undefined) return {};
    return name.startsWith('kafka-') ? brokerClock(wrongByMs) : { NODE_OPTIONS: `--import=${clock}`, FAULT_CLOCK_MS: String(wrongByMs) };
  };
  const releases = new Map<string, string | undefined>();
  const options = {
    folder,
    firstPort,
    brokers: BROKERS,
    eachService: 2,
    each: { projector: 3, insights: 1 },
    between,
    settings,
    settingsOf,
    mainOf: (name: string) => (releases.has(name) ? releases.get(name) : former),
  };
  const putAway = async (): Promise<void> => {
    for (const proxy of proxies.values()) await proxy.close();
    for (const disk of disks.values()) disk.unmount();
  };
  const cluster = await bringUp(options, () => undefined).catch(async (error: unknown) => {
    await putAway(); // what it wrote until then stays, to be looked at
    throw error;
  });
  const { environment } = cluster;
  const registry = await openRegistry({
    connection: { connectionString: environment.PHAROS_REGISTRY_URL! },
    now: () => new Date(),
    onError: () => undefined,
  });
  await registry.tenants.put({ id: TENANT, name: 'District' });
  const { credential, secret } = await registry
    .tenant(TENANT)
    .credentials.create({ name: 'lms', scopes: ['statements/write', 'statements/read'] });
  const connection = { brokers: environment.PHAROS_KAFKA_BROKERS!.split(','), clientId: 'test' };
  const log = await openKafkaLog({ connection, topicPrefix: 'pharos.', ledger: registry.logLedger });
  const admin = kafkaClient(connection).admin();
  await admin.connect();
  const warehouse = await openWarehouse({ url: environment.PHAROS_CLICKHOUSE_URL! });
  const doors = cluster.layout.members
    .filter(({ service }) => service === 'ingest')
    .map(({ port }) => xapiClient(`http://127.0.0.1:${port}`, `${credential.id}:${secret}`));

  const pidOf = (name: string): number => cluster.members().find((member) => member.name === name)!.pid;
  const end = async (name: string, signal: NodeJS.Signals): Promise<void> => {
    const pid = pidOf(name);
    if (!signalled(pid, signal)) return;
    for (const deadline = performance.now() + GONE_MS; signalled(pid, 0); await sleep(20)) {
      if (performance.now() > deadline) throw new Error(`${name} did not end within ${GONE_MS} ms of ${signal}`);
    }
  };

  return {
    cluster, log, warehouse, registry, tenant: TENANT,
    async sendAll(statements, size) {
      let retries = 0;
      for (let from = 0; from < statements.length; from += size) {
        const batch = statements.slice(from, from + size);
        for (let attempt = 0, began = performance.now(); ; attempt++) {
          const answer = await doors[(from / size + attempt) % doors.length]!.send(batch).catch((error: unknown) => ({ status: 0, body: String(error) }));
          if (answer.status === 200) break;
          // A door that is gone, or one whose log is: come again. Anything else is an answer, and a wrong one.
          if (![0, 500, 502, 503, 504].includes(answer.status)) throw new Error(`the door answered ${answer.status}: ${answer.body}`);
          if (performance.now() - began > GIVE_UP_MS) throw new Error(`a batch was not taken within ${GIVE_UP_MS} ms: ${answer.status} ${answer.body}`);
          retries += 1;
          await sleep(200);
        }
      }
      return { retries };
    },
    async killAndRestart(name, pauseMs) {
      await end(name, 'SIGKILL');
      await sleep(pauseMs);
      await cluster.start(name);
    },
    async pauseFor(name, ms) {
      process.kill(pidOf(name), 'SIGSTOP');
      await sleep(ms);
      process.kill(pidOf(name), 'SIGCONT');
    },
    async network(engine, network, ms) {
      proxies.get(engine)!.be(network);
      await sleep(ms);
      proxies.get(engine)!.be('pass');
    },
    end,
    networkTo: (engine) => proxies.get(engine)!,
    diskOf: (broker) => disks.get(broker),
    setRelease: (name, main) => void releases.set(name, main),
    setClock: (name, wrongByMs) => void clocks.set(name, wrongByMs),
    async leaderOf(partition) {
      const { topics } = await admin.fetchTopicMetadata({ topics: ['pharos.statements'] });
      return `kafka-${topics[0]!.partitions.find(({ partitionId }) => partitionId === partition)!.leader}`;
    },
    async postgres() {
      const client = new pg.Client({ connectionString: environment.PHAROS_REGISTRY_URL! });
      client.on('error', () => undefined); // whoever asks through it hears of it
      await client.connect();
      return client;
    },
    async tellWarehouse(query) {
      const client = createClient({ url: environment.PHAROS_CLICKHOUSE_URL! });
      await client.command({ query }).finally(() => client.close());
    },
    async untilFolded() {
      for (const began = performance.now(); ; await sleep(200)) {
        const behind = await Promise.all(topicNames.map(async (topic) => {
          const [heads, done] = await Promise.all([log.heads(topic), log.committed('projector', topic)]);
          return heads.reduce((sum, head, partition) => sum + head - done[partition]!, 0);
        })); // prettier-ignore
        if (behind.every((each) => each === 0)) return;
        if (performance.now() - began > GIVE_UP_MS) throw new Error(`the fold is behind by ${behind.join(' and ')} facts`);
      }
    },
    async stop() {
      await warehouse.close();
      await log.close();
      await admin.disconnect();
      await registry.close();
      await cluster.stop();
      await putAway();
      await rm(folder, { recursive: true, force: true });
    },
  }; // prettier-ignore
}

/** Whether the process was there to be told. */
function signalled(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false; // it is gone
  }
}
