import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { applyTopics, kafkaClient } from '@pharos/event-log';
import { type BrokerPlace, brokerMissing, fetchBroker, listens, prepareBrokers, startBroker } from '@pharos/event-log/kafka-broker';
import { startEmbeddedPostgres } from '@pharos/registry';
import { createKeyRing } from '@pharos/vault';
import { Refusal } from '../refusal.js';
import { type Crossing, crossingsOf, throughCrossings } from './crossings.js';
import { type Service, services } from './serve-service.js';
import { readTopicPlan } from './topic-plan.js';

/** One process of the cluster, as it stands in the list by which `down` stops it. */
export interface Member {
  readonly name: string;
  readonly pid: number;
  readonly port: number;
}

export interface LaptopOptions {
  /** Data, logs and the list of processes. */
  readonly folder: string;
  readonly firstPort: number;
  readonly brokers: number;
  readonly eachService: number;
  /** How many of one service, where that is another number. */
  readonly each?: Partial<Readonly<Record<Service, number>>>;
  /** More settings of the services. */
  readonly settings?: Readonly<Record<string, string>>;
  /** More settings of one service, more environment of a broker; asked at each of its starts. */
  readonly settingsOf?: (name: string) => Readonly<Record<string, string>>;
  /** For tests of an upgrade: the command line of another release that one process runs; asked at each of its starts. */
  readonly mainOf?: (name: string) => string | undefined;
  /**
   * For tests of the network: called once the engines run, before the services, which then reach the engines through these ports.
   * Whoever takes it has to listen on each port and hand on to what stands behind.
   */
  readonly between?: (crossings: readonly Crossing[]) => Promise<void>;
}

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const warehouseServer = fileURLToPath(new URL('../../../../libs/warehouse/dist/http-server-main.js', import.meta.url));
const START_MS = 120_000;

/** Where everything of a cluster on this machine lies and listens. */
export function layoutOf({ folder, firstPort, brokers, eachService, each = {}, between }: LaptopOptions) {
  const root = path.resolve(folder);
  const places: BrokerPlace[] = Array.from({ length: brokers }, (_, i) => ({
    folder: path.join(root, `kafka-${i + 1}`), port: firstPort + 10 + i, controllerPort: firstPort + 20 + i,
    ...(between ? { proxied: { port: firstPort + 80 + i, advertised: firstPort + 90 + i } } : {}),
  })); // prettier-ignore
  const members = services.flatMap((service, i) =>
    Array.from({ length: each[service] ?? eachService }, (_, n) => ({
      name: `${service}-${n + 1}`,
      service,
      port: firstPort + 40 + i * 10 + n,
    })),
  );
  return {
    root, places, members,
    list: path.join(root, 'processes.json'),
    keysFile: path.join(root, 'keys.json'),
    warehouse: { folder: path.join(root, 'warehouse'), port: firstPort + 30 },
    logs: path.join(root, 'logs'),
  }; // prettier-ignore
}

type Layout = ReturnType<typeof layoutOf>;

/** What `up` keeps: how a service is started again, and who runs. */
export interface Cluster {
  readonly layout: Layout;
  readonly environment: Readonly<Record<string, string>>;
  start(name: string): Promise<Member>;
  members(): readonly Member[];
  stop(): Promise<void>;
}

/**
 * Brings a whole cluster up on this machine: brokers from the published jars, PostgreSQL, the HTTP server over the engine of chDB,
 * and the services, each a process with a log of its own. What was there before is used again.
 *
 * PostgreSQL belongs to this process, which therefore has to stay.
 *
 * @throws Refusal when a JVM or Maven is missing, or a process does not come up
 */
export async function bringUp(options: LaptopOptions, say: (line: string) => void): Promise<Cluster> {
  const missing = await brokerMissing();
  if (missing !== undefined) throw new Refusal(missing);
  const layout = layoutOf(options);
  mkdirSync(layout.logs, { recursive: true });
  const running = new Map<string, Member>();
  const note = (member: Member): Member => {
    running.set(member.name, member);
    writeFileSync(layout.list, JSON.stringify([...running.values()], null, 1));
    return member;
  };
  say('fetching the jars of Kafka (once) and starting its brokers');
  await fetchBroker();
  await prepareBrokers(layout.places);
  let postgres = await startEmbeddedPostgres({ dataDir: path.join(layout.root, 'postgres-home') });
  note({ name: 'postgres', pid: postgres.pid, port: 0 });
  const urlOf = (database: 'pharos_registry' | 'pharos_vault', through?: number) => {
    const { host, port, user, password } = postgres.connection(database);
    const who = `postgresql://${user}:${encodeURIComponent(password)}`;
    if (through !== undefined) return `${who}@127.0.0.1:${through}/${database}`;
    return `${who}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`;
  };
  if (!existsSync(layout.keysFile)) await createKeyRing(layout.keysFile);
  const environment = {
    PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', PHAROS_MODE: 'cluster', PHAROS_KEYS_FILE: layout.keysFile,
    PHAROS_BLOB_DIR: path.join(layout.root, 'blobs'), PHAROS_ARCHIVE_DIR: path.join(layout.root, 'archive'),
    PHAROS_KAFKA_BROKERS: layout.places.map(({ port }) => `127.0.0.1:${port}`).join(','),
    PHAROS_CLICKHOUSE_URL: `http://127.0.0.1:${layout.warehouse.port}`,
    PHAROS_REGISTRY_URL: urlOf('pharos_registry'), PHAROS_VAULT_URL: urlOf('pharos_vault'), PHAROS_LOG_LEVEL: 'info',
    // Eight processes share a PostgreSQL of 60 connections.
    PHAROS_POSTGRES_POOL: '4',
    ...options.settings,
  }; // prettier-ignore

  const { host, port: socket } = postgres.connection('pharos_registry');
  const crossings = crossingsOf({
    firstPort: options.firstPort, brokers: layout.places, warehousePort: layout.warehouse.port,
    postgresSocket: path.join(host, `.s.PGSQL.${socket}`),
  }); // prettier-ignore

  const begin = async (name: string, port: number, args: readonly string[], env: Readonly<Record<string, string>>): Promise<Member> => {
    const output = openSync(path.join(layout.logs, `${name}.log`), 'a');
    const child = spawn(process.execPath, [...args], { env: { ...env }, stdio: ['ignore', output, output], detached: true });
    child.unref();
    let ended = false;
    child.once('exit', () => (ended = true));
    for (const deadline = performance.now() + START_MS; !(await listens(port));) {
      if (ended || performance.now() > deadline) {
        if (!ended) child.kill('SIGKILL');
        throw new Refusal(`${name} did not come up; see ${path.join(layout.logs, `${name}.log`)}`);
      }
      await sleep(100);
    }
    return note({ name, pid: child.pid!, port });
  };
  const start = async (name: string): Promise<Member> => {
    const place = layout.places.find((_, i) => name === `kafka-${i + 1}`);
    if (place) return note({ name, pid: (await startBroker(place, options.settingsOf?.(name))).pid, port: place.port });
    if (name === 'postgres') {
      await postgres.stop().catch(() => undefined); // it was killed
      postgres = await startEmbeddedPostgres({ dataDir: path.join(layout.root, 'postgres-home') });
      return note({ name, pid: postgres.pid, port: 0 });
    }
    const { port, folder } = layout.warehouse;
    if (name === 'warehouse') return begin(name, port, [warehouseServer, folder, String(port)], { PATH: environment.PATH });
    const member = layout.members.find((each) => each.name === name);
    if (!member) throw new Refusal(`no process is called ${name}`, 2);
    return begin(name, member.port, [options.mainOf?.(name) ?? main, 'serve', member.service], {
      ...serviceEnvironment(member.service, member.port),
      ...options.settingsOf?.(name),
    });
  };
  const serviceEnvironment = (service: Service, port: number): Readonly<Record<string, string>> => {
    const around = options.between ? { ...environment, ...throughCrossings(crossings, urlOf) } : environment;
    const { PHAROS_VAULT_URL, PHAROS_KEYS_FILE, PHAROS_BLOB_DIR, ...rest } = { ...around, PHAROS_PORT: String(port) };
    return service === 'ingest' || service === 'insights' ? { ...rest, PHAROS_VAULT_URL, PHAROS_KEYS_FILE, PHAROS_BLOB_DIR } : rest;
  };
  const cluster: Cluster = {
    layout, environment, start, members: () => [...running.values()],
    stop: async () => {
      await takeDown(layout.list, new Set(['postgres']));
      await postgres.stop();
    },
  }; // prettier-ignore
  try {
    await allUp(layout.places.map((_, i) => start(`kafka-${i + 1}`)));
    await start('warehouse');
    const admin = kafkaClient({ brokers: environment.PHAROS_KAFKA_BROKERS.split(','), clientId: 'pharos-up' }).admin();
    await admin.connect();
    await applyTopics(admin, readTopicPlan(undefined, options.brokers), 'pharos.');
    await admin.disconnect();
    await options.between?.(crossings);
    say('starting the services');
    // Those who make the tables first: the others wait for them.
    const makers = (name: string): number => (name.startsWith('projector') ? 0 : 1);
    const [maker, ...others] = layout.members.toSorted((a, b) => makers(a.name) - makers(b.name));
    if (maker) await start(maker.name);
    await allUp(others.map(({ name }) => start(name)));
    return cluster;
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}

/** Waits for all of them also where one does not come up: what is noted later than it is taken down would stay. @throws what the first says */
async function allUp(starting: readonly Promise<Member>[]): Promise<void> {
  await Promise.allSettled(starting);
  await Promise.all(starting);
}

/** Stops the processes of a list by their ids, services first, brokers last. */
export async function takeDown(list: string, except: ReadonlySet<string> = new Set()): Promise<readonly string[]> {
  if (!existsSync(list)) return [];
  const members = (JSON.parse(readFileSync(list, 'utf8')) as readonly Member[]).filter(({ name }) => !except.has(name));
  const stopped: string[] = [];
  for (const group of [members.filter(({ name }) => !engine(name)), members.filter(({ name }) => engine(name))]) {
    // PostgreSQL waits for its clients on SIGTERM, and ends their sessions on SIGINT.
    for (const { name, pid } of group) signal(pid, name === 'postgres' ? 'SIGINT' : 'SIGTERM');
    for (const { name, pid } of group) {
      for (const deadline = performance.now() + 20_000; signal(pid, 0) && performance.now() < deadline;) await sleep(50);
      if (signal(pid, 0)) signal(pid, 'SIGKILL');
      stopped.push(name);
    }
  }
  writeFileSync(list, '[]');
  return stopped;
}

/** Whether somebody took the processes of a list down. */
export const isDown = (list: string): boolean => readFileSync(list, 'utf8') === '[]';

const engine = (name: string): boolean => /^(kafka|warehouse|postgres)/.test(name);

/** Whether the process was there to be told. */
function signal(pid: number, what: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, what);
    return true;
  } catch {
    return false; // it is gone
  }
}

/** A password for the first person who signs in. */
export const freshPassword = (): string => randomBytes(9).toString('base64url');
