/**
 * How fast the door is, each figure beside what a bare program allows for the same bytes in the same run. Client included.
 *
 * Run it: `node services/ingest/dist/benchmarks.js FUN_MOOC_FILE [OULAD_FOLDER]`. The vault is the one in memory: what
 * PostgreSQL adds is the first sight of each person, 1,452 here. CPU time is that of all threads, client and kernel
 * included; unlike the rates it hardly depends on what else the machine does.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { type EventLog } from '@pharos/event-log';
import { openTemporaryLog } from '@pharos/event-log/temporary-log';
import { type NewFact } from '@pharos/facts';
import fastify, { type FastifyInstance } from 'fastify';
import { postAll, quantile } from './benchmark-senders.js';
import { createDoor, type Door } from './door/door.js';
import { xapiRoutes } from './http/xapi-routes.js';
import { importOulad } from './oulad/import-oulad.js';
import { statementsThread } from './oulad/import-statements.js';
import { readTable } from './oulad/read-table.js';
import { tables } from './oulad/tables.js';
import { keysOf } from './testing/credentials.js';
import { createMemoryVault } from './testing/memory-vault.js';
import { type BatchThreads, batchThreads } from './threads/batch-threads.js';

export interface Measured {
  readonly name: string;
  readonly value: number;
  readonly unit: 'statements/s' | 'facts/s' | 'ms';
  /** CPU time of all threads for each statement or fact. */
  readonly cpuMicros?: number;
  readonly ceiling?: { readonly what: string; readonly value: number; readonly cpuMicros?: number };
}

interface Rate {
  readonly value: number;
  readonly cpuMicros: number;
}

const BATCH = 500;
/** As many as the server has by default, and enough senders that it never waits for them. */
const THREADS = 1;
const SENDERS = 3;
/** Statements sent before the time is taken. */
const WARM_UP = 5_000;
const fail = (error: Error): never => {
  throw error;
};
/** Each is measured; the first is what most platforms come to. */
const CONNECTIONS = [16, 64];
const SINGLES = 8_000;
/** Rows of clicks that the ceiling of the import is measured with. */
const BARE_ROWS = 200_000;

/** @param funMooc the file of 22,000 statements, gzip; @param oulad folder of the data set, where its import is to be timed */
export async function benchmarkIngest(funMooc: string, oulad?: string): Promise<readonly Measured[]> {
  const lines = gunzipSync(readFileSync(funMooc)).toString('utf8').trim().split('\n');
  const http = [...(await timeBatches(lines))];
  for (const connections of CONNECTIONS) http.push(...(await timeSingles(lines, connections)));
  return oulad === undefined ? http : [...http, await timeOulad(oulad)];
}

async function timeBatches(lines: readonly string[]): Promise<readonly Measured[]> {
  const batches: string[] = [];
  for (let from = 0; from < lines.length; from += BATCH) batches.push(`[${lines.slice(from, from + BATCH).join(',')}]`);
  const bare = await parseAndAppend(batches, lines.length);
  const fresh = lines.slice(0, WARM_UP).map((line) => JSON.stringify({ ...(JSON.parse(line) as object), id: randomUUID() }));
  const warmUp = Array.from({ length: WARM_UP / BATCH }, (_, at) => `[${fresh.slice(at * BATCH, (at + 1) * BATCH).join(',')}]`);
  const rate = await withDoor(async (door) => {
    const threads = batchThreads({ door, threads: THREADS, onError: fail });
    try {
      return await serve(xapi(door, threads), async (port) => {
        // The first batches are taken while the threads start.
        await postAll(port, warmUp, 2);
        return rateOf(lines.length, () => postAll(port, batches, SENDERS));
      });
    } finally {
      await threads.close();
    }
  });
  const ceiling = { what: 'JSON.parse and append to the log alone, the same bytes', ...bare };
  return [{ name: `POST, batches of ${BATCH}`, ...rate, unit: 'statements/s', ceiling }];
}

async function timeSingles(lines: readonly string[], connections: number): Promise<readonly Measured[]> {
  const bodies = lines.slice(0, SINGLES).map((line) => JSON.stringify({ ...(JSON.parse(line) as object), id: randomUUID() }));
  const time = async (routes: (scope: FastifyInstance) => void | Promise<void>) => {
    let latencies: readonly number[] = [];
    const rate = await serve(routes, (port) =>
      rateOf(bodies.length, async () => {
        latencies = await postAll(port, bodies, connections);
      }),
    );
    return { rate, p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) };
  };
  const bare = await withDoor((_door, log) => time(bareRoutes(log)));
  const full = await withDoor((door) => time(xapi(door)));
  const what = 'bare Fastify, claim and append';
  const name = `POST, singles on ${connections} connections`;
  return [
    { name, ...full.rate, unit: 'statements/s', ceiling: { what, ...bare.rate } },
    { name: `${name}, p50`, value: full.p50, unit: 'ms', ceiling: { what, value: bare.p50 } },
    { name: `${name}, p99`, value: full.p99, unit: 'ms', ceiling: { what, value: bare.p99 } },
  ];
}

async function rateOf(count: number, work: () => Promise<unknown>): Promise<Rate> {
  const cpu = process.cpuUsage();
  const begun = performance.now();
  await work();
  const value = (count / (performance.now() - begun)) * 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { value, cpuMicros: (user + system) / count };
}

async function withDoor<T>(work: (door: Door, log: EventLog) => Promise<T>): Promise<T> {
  const now = () => new Date();
  const { log, dispose } = await openTemporaryLog({ now });
  try {
    return await work(createDoor({ log, vault: createMemoryVault(), now, newId: randomUUID }), log);
  } finally {
    await dispose();
  }
}

/** Any fact that holds a value as it came: no validation, tokens or hashes. */
function bareFact(id: string, value: unknown): NewFact {
  const data = { policy: 'bench', by: 'bench', value };
  return { id, type: 'PolicyChanged', version: 1, tenant: 't', key: 't', occurredAt: new Date().toISOString(), data };
}

/** The same bytes parsed, and appended as they are, flushed by batch: no claims either. */
const parseAndAppend = (batches: readonly string[], count: number): Promise<Rate> =>
  withDoor((_door, log) =>
    rateOf(count, async () => {
      for (const batch of batches) {
        const statements = JSON.parse(batch) as readonly { readonly id: string }[];
        await log.append(statements.map((statement) => bareFact(statement.id, statement)));
      }
    }),
  );

/** What any server has to do for a single: parse, claim, append, answer. */
const bareRoutes = (log: EventLog) => (scope: FastifyInstance) => {
  scope.post('/statements', async ({ body }) => {
    const { id } = body as { readonly id: string };
    await log.appendClaimed([{ fact: bareFact(id, body), claim: { tenant: 't', id, hash: 'bench' } }]);
    return [id];
  });
};

const credentials = keysOf({ lms: { secret: 's', tenant: 't', scopes: ['statements/write'] } });
const xapi = (door: Door, threads?: BatchThreads) => (scope: FastifyInstance) => xapiRoutes(scope, { door, threads, credentials });

async function serve<T>(routes: (scope: FastifyInstance) => void | Promise<void>, work: (port: number) => Promise<T>): Promise<T> {
  const server = fastify();
  await server.register(async (scope) => routes(scope), { prefix: '/xapi' });
  await server.listen({ port: 0, host: '127.0.0.1' });
  try {
    return await work((server.server.address() as AddressInfo).port);
  } finally {
    await server.close();
  }
}

async function timeOulad(dir: string): Promise<Measured> {
  const bare = await readAndAppend(dir);
  const sender = { credential: 'bench', scopes: ['statements/write', 'roster/write', 'history/write'] };
  return withDoor(async (door) => {
    let appended = 0;
    const rate = await rateOf(1, async () => {
      ({ appended } = await importOulad({ dir, tenant: 't', door, sender, thread: statementsThread }));
    });
    const ceiling = { what: `${BARE_ROWS} rows of clicks read and appended as they are`, ...bare };
    const cpuMicros = rate.cpuMicros / appended;
    return { name: 'import oulad, to the log', value: rate.value * appended, cpuMicros, unit: 'facts/s', ceiling };
  });
}

const readAndAppend = (dir: string): Promise<Rate> =>
  withDoor((_door, log) =>
    rateOf(BARE_ROWS, async () => {
      let read = 0;
      for await (const rows of readTable(dir, tables.clicks)) {
        await log.append(rows.map(({ row }) => bareFact(randomUUID(), row)));
        read += rows.length;
        if (read >= BARE_ROWS) break;
      }
    }),
  );

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , funMooc, oulad] = process.argv;
  if (funMooc === undefined) throw new Error('usage: benchmarks.js FUN_MOOC_FILE [OULAD_FOLDER]');
  const said = (value: number, unit: Measured['unit'], cpu?: number) =>
    `${unit === 'ms' ? value.toFixed(1) : Math.round(value)} ${unit}${cpu === undefined ? '' : `, ${cpu.toFixed(0)} µs CPU each`}`;
  for (const { name, value, unit, cpuMicros, ceiling } of await benchmarkIngest(funMooc, oulad)) {
    const beside = ceiling ? ` (${ceiling.what}: ${said(ceiling.value, unit, ceiling.cpuMicros)})` : '';
    console.log(`${name}: ${said(value, unit, cpuMicros)}${beside}`);
  }
}
