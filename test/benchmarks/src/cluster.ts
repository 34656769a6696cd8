/**
 * `npm run bench:cluster`: the way of a statement through the laptop's cluster (3 brokers, PostgreSQL, one of each service, the
 * client and the HTTP server over chDB's engine, all on this machine), beside raw produce of the same bytes in the same run.
 *
 * `npm run bench:cluster -- 60000` sends so many statements (default 30,000).
 */
import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { kafkaClient, type KafkaLog, openKafkaLog } from '@pharos/event-log';
import { factId } from '@pharos/facts';
import { openRegistry } from '@pharos/registry';
import { bringUp, type Cluster } from '@pharos/standalone/cluster/laptop';
import { openWarehouse, sql, type Warehouse } from '@pharos/warehouse';
import kafkajs from 'kafkajs';
import { type Figure, lineOf } from './figures.js';

const TENANT = 'district';
const BATCH = 500;
const CONNECTIONS = 4;
const PACED_PER_SECOND = 2_000;
const PACED_SECONDS = 15;
const PACED_BATCH = 100;

const howMany = { name: 'count', sql: sql`SELECT count() AS n FROM statements FINAL WHERE tenant = {tenant:String}`, answer: (row: Readonly<Record<string, unknown>>) => Number(row.n) }; // prettier-ignore

const statements = Number(process.argv[2] ?? '30000');
const folder = await mkdtemp(path.join(os.tmpdir(), 'pharos-cluster-bench-'));
await chmod(folder, 0o711); // PostgreSQL runs as a user of its own where this runs as root
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const cluster = await bringUp({ folder, firstPort: 4800, brokers: 3, eachService: 1 }, say);
try {
  await measure(cluster);
} finally {
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
}
process.exit(0); // connections of the measure may linger

function statement(seed: number): Readonly<Record<string, unknown>> {
  return {
    id: factId('bench', seed),
    actor: { account: { homePage: 'https://lms.example', name: `student-${seed % 2_000}` } },
    verb: { id: 'https://w3id.org/xapi/video/verbs/seeked', display: { en: 'seeked' } },
    object: { id: `https://lms.example/videos/${seed % 97}`, definition: { type: 'https://w3id.org/xapi/video/activity-type/video', name: { en: `Lesson ${seed % 97}` } } },
    result: { extensions: { 'https://w3id.org/xapi/video/extensions/time-from': (seed * 7.31) % 600, 'https://w3id.org/xapi/video/extensions/time-to': (seed * 3.17) % 600 } },
    context: { registration: factId('session', seed % 5_000), contextActivities: { grouping: [{ id: 'https://lms.example/courses/1' }] } },
    timestamp: new Date(Date.UTC(2026, 0, 12, 8) + seed * 977).toISOString(),
  }; // prettier-ignore
}

async function measure(cluster: Cluster): Promise<void> {
  const { environment, layout } = cluster;
  const registry = await openRegistry({ connection: { connectionString: environment.PHAROS_REGISTRY_URL! }, now: () => new Date(), onError: () => undefined }); // prettier-ignore
  await registry.tenants.put({ id: TENANT, name: 'District' });
  const { credential, secret } = await registry.tenant(TENANT).credentials.create({ name: 'lms', scopes: ['statements/write'] });
  const brokers = environment.PHAROS_KAFKA_BROKERS!.split(',');
  const log = await openKafkaLog({ connection: { brokers, clientId: 'bench' }, topicPrefix: 'pharos.', ledger: registry.logLedger });
  const warehouse = await openWarehouse({ url: environment.PHAROS_CLICKHOUSE_URL! });
  const door = `http://127.0.0.1:${layout.members.find(({ service }) => service === 'ingest')!.port}/xapi/statements`;
  const send = async (from: number, count: number): Promise<void> => {
    const answer = await fetch(door, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${credential.id}:${secret}`).toString('base64')}`,
        'x-experience-api-version': '1.0.3',
        'content-type': 'application/json',
      },
      body: JSON.stringify(Array.from({ length: count }, (_, i) => statement(from + i))),
    });
    if (answer.status !== 200) throw new Error(`the door answered ${answer.status}: ${await answer.text()}`);
    await answer.arrayBuffer();
  };
  const pidOf = (name: string): number => cluster.members().find((member) => member.name === name)!.pid;
  const parts = () => ({
    ingest: [pidOf('ingest-1')],
    brokers: layout.places.map((_, i) => pidOf(`kafka-${i + 1}`)),
    postgres: [pidOf('postgres')],
    projector: [pidOf('projector-1')],
    warehouse: [pidOf('warehouse')],
    client: [process.pid],
  });
  const figures: Figure[] = [];
  const told = (figure: Figure): void => {
    figures.push(figure);
    say(lineOf(figure));
  };

  await send(10_000_000, BATCH); // warms the door
  process.kill(pidOf('projector-1'), 'SIGSTOP'); // the door first, by itself
  const from = await log.heads('statements');
  const cpu = await cpuSeconds(parts());
  const [doorPerSecond] = await rate(statements, async () => {
    let next = 0;
    await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
      for (let at = next; at < statements; at = next) {
        next += BATCH;
        await send(at, BATCH);
      }
    })); // prettier-ignore
  });
  const used = await cpuSeconds(parts());
  const raw = await rawProduce(brokers, log, from);
  told({ name: `door to Kafka, batches of ${BATCH}`, value: doorPerSecond, unit: 'statements/s', ceiling: { what: 'raw kafkajs produce of the same bytes', value: raw } }); // prettier-ignore
  told({ name: 'door, share of raw produce', value: (100 * doorPerSecond) / raw, unit: '%', asked: { atLeast: 30 } });
  for (const [part, seconds] of Object.entries(used)) {
    const micros = ((seconds - cpu[part]!) * 1e6) / statements;
    if (micros > 1) told({ name: `CPU at the door: ${part}`, value: micros, unit: 'µs/statement' });
  }

  const waiting = await behind(log);
  const idle = await cpuSeconds(parts());
  const [foldPerSecond] = await rate(waiting, async () => {
    process.kill(pidOf('projector-1'), 'SIGCONT');
    while ((await behind(log)) > 0) await sleep(50);
  });
  told({ name: 'projector, one process, Kafka to ClickHouse over HTTP', value: foldPerSecond, unit: 'statements/s', asked: { atLeast: 20_000 } }); // prettier-ignore

  const folding = await cpuSeconds(parts());
  for (const part of ['projector', 'warehouse']) {
    told({ name: `CPU of the fold: ${part}`, value: ((folding[part]! - idle[part]!) * 1e6) / waiting, unit: 'µs/statement' });
  }

  const stored = statements + BATCH;
  told({ name: 'log, one replica', value: (await bytesOf(path.join(folder, 'kafka-1/data'), 'pharos.statements-')) / stored, unit: 'bytes/statement' }); // prettier-ignore
  told({ name: 'warehouse, before its parts are merged', value: (await bytesOf(folder, 'warehouse')) / stored, unit: 'bytes/statement' });

  const visible = await paced(send, warehouse);
  told({ name: `accept to visible, ${visible.perSecond.toFixed(0)} statements/s, p50`, value: visible.p50, unit: 'ms' });
  told({ name: `accept to visible, ${visible.perSecond.toFixed(0)} statements/s, p99`, value: visible.p99, unit: 'ms', asked: { atMost: 2_000 } }); // prettier-ignore
  say(`load ${os.loadavg().map((each) => each.toFixed(1)).join(' ')} on ${os.availableParallelism()} cores`); // prettier-ignore
}

async function rate(count: number, work: () => Promise<void>): Promise<readonly [perSecond: number]> {
  const began = performance.now();
  await work();
  return [count / ((performance.now() - began) / 1_000)];
}

async function behind(log: KafkaLog): Promise<number> {
  const [heads, done] = await Promise.all([log.heads('statements'), log.committed('projector', 'statements')]);
  return heads.reduce((sum, head, partition) => sum + head - done[partition]!, 0);
}

/** Facts a second that kafkajs alone gets rid of: the same bytes, batches, compression and acknowledgement. */
async function rawProduce(brokers: readonly string[], log: KafkaLog, from: readonly number[]): Promise<number> {
  const values: { readonly value: string; readonly partition: number }[] = [];
  for (const [partition, offset] of from.entries()) {
    for (let next = offset, page = await log.read('statements', partition, next); page.length > 0; page = await log.read('statements', partition, next)) {
      for (const { stored } of page) {
        const { recordedAt: _recorded, knownAt: _known, ...sent } = stored as Record<string, unknown>;
        values.push({ value: JSON.stringify(sent), partition });
      }
      next = page.at(-1)!.position.offset + 1;
    }
  } // prettier-ignore
  const kafka = kafkaClient({ brokers: [...brokers], clientId: 'raw' });
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ waitForLeaders: true, topics: [{ topic: 'raw', numPartitions: from.length, replicationFactor: 3, configEntries: [{ name: 'min.insync.replicas', value: '2' }] }] }); // prettier-ignore
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await producer.connect();
  const [perSecond] = await rate(values.length, async () => {
    for (let at = 0; at < values.length; at += BATCH) {
      await producer.send({ topic: 'raw', acks: -1, compression: kafkajs.CompressionTypes.ZSTD, messages: values.slice(at, at + BATCH).map((each) => ({ ...each })) }); // prettier-ignore
    }
  });
  await producer.disconnect();
  await admin.disconnect();
  return perSecond;
}

/** Sends at a steady pace, and looks how long after its answer each batch can be asked for. */
async function paced(send: (from: number, count: number) => Promise<void>, warehouse: Warehouse) {
  const ask = async (): Promise<number> => (await warehouse.tenant(TENANT).askOne(howMany))!;
  const before = await ask();
  const accepted: number[] = [];
  const seen: number[] = [];
  const batches = (PACED_PER_SECOND * PACED_SECONDS) / PACED_BATCH;
  const looking = (async () => {
    while (seen.length < batches) {
      const shown = Math.floor(((await ask()) - before) / PACED_BATCH);
      while (seen.length < shown) seen.push(performance.now());
      await sleep(20);
    }
  })();
  const began = performance.now();
  for (let batch = 0; batch < batches; batch++) {
    await sleep(Math.max(0, began + (batch * PACED_BATCH * 1_000) / PACED_PER_SECOND - performance.now()));
    await send(20_000_000 + batch * PACED_BATCH, PACED_BATCH);
    accepted.push(performance.now());
  }
  const perSecond = (batches * PACED_BATCH) / ((performance.now() - began) / 1_000);
  await looking;
  const delays = seen.map((at, batch) => Math.max(0, at - accepted[batch]!)).sort((a, b) => a - b);
  const quantile = (share: number): number => delays[Math.min(delays.length - 1, Math.floor(share * delays.length))]!;
  return { perSecond, p50: quantile(0.5), p99: quantile(0.99) };
}

/** Bytes on disk of the entries of a folder whose names begin so; preallocated but unwritten ones do not count. */
async function bytesOf(parent: string, prefix: string): Promise<number> {
  const found = (await readdir(parent)).filter((name) => name.startsWith(prefix)).map((name) => path.join(parent, name));
  const lines = execFileSync('du', ['-sk', ...found])
    .toString()
    .trim()
    .split('\n');
  return lines.reduce((sum, line) => sum + Number(line.split('\t')[0]) * 1_024, 0);
}

/** CPU that processes and their children have used so far, in seconds. Linux only: from `/proc`. */
async function cpuSeconds(parts: Readonly<Record<string, readonly number[]>>): Promise<Record<string, number>> {
  const ticks = Number(execFileSync('getconf', ['CLK_TCK']).toString());
  const processes = await Promise.all(
    (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined); // it ended meanwhile
      const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields ? [{ pid: Number(pid), parent: Number(fields[1]), used: Number(fields[11]) + Number(fields[12]) }] : [];
    }),
  ); // prettier-ignore
  const all = processes.flat();
  return Object.fromEntries(
    Object.entries(parts).map(([part, pids]) => {
      const own = all.filter(({ pid, parent }) => pids.includes(pid) || (part === 'postgres' && pids.includes(parent)));
      return [part, own.reduce((sum, { used }) => sum + used, 0) / ticks];
    }),
  );
}
