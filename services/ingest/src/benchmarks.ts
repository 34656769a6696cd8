/**
 * How fast the door is, each figure beside what JSON.parse and LMDB allow for the same bytes in the same run. Client included.
 *
 * Run it: `node services/ingest/dist/benchmarks.js FUN_MOOC_FILE [OULAD_FOLDER]`. The vault is the one in memory: what
 * PostgreSQL adds is the first sight of each person, 1,452 here.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { type EventLog } from '@pharos/event-log';
import { openTemporaryLog } from '@pharos/event-log/temporary-log';
import fastify from 'fastify';
import { createDoor, type Door } from './door/door.js';
import { xapiRoutes } from './http/xapi-routes.js';
import { importOulad } from './oulad/import-oulad.js';
import { statementsThread } from './oulad/import-statements.js';
import { basic, keysOf } from './testing/credentials.js';
import { createMemoryVault } from './testing/memory-vault.js';

export interface Measured {
  readonly name: string;
  readonly value: number;
  readonly unit: 'statements/s' | 'facts/s' | 'ms';
  readonly ceiling?: { readonly what: string; readonly value: number };
}

const BATCH = 500;
const CONNECTIONS = 16;
const SINGLES = 8_000;

/** @param funMooc the file of 22,000 statements, gzip; @param oulad folder of the data set, where its import is to be timed */
export async function benchmarkIngest(funMooc: string, oulad?: string): Promise<readonly Measured[]> {
  const lines = gunzipSync(readFileSync(funMooc)).toString('utf8').trim().split('\n');
  const batches: string[] = [];
  for (let from = 0; from < lines.length; from += BATCH) batches.push(`[${lines.slice(from, from + BATCH).join(',')}]`);
  const singles = lines.slice(0, SINGLES).map((line) => JSON.stringify({ ...(JSON.parse(line) as object), id: randomUUID() }));
  const ceiling = { what: 'JSON.parse and append to the log alone, the same bytes', value: await parseAndAppend(batches, lines.length) };
  const measured = await withServer(async (port) => {
    const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
    const inBatches = await perSecond(lines.length, () => post(port, agent, batches, 2, []));
    const latencies: number[] = [];
    const singly = await perSecond(singles.length, () => post(port, agent, singles, CONNECTIONS, latencies));
    agent.destroy();
    latencies.sort((a, b) => a - b);
    const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? Number.NaN;
    return [
      { name: `POST, batches of ${BATCH}`, value: inBatches, unit: 'statements/s', ceiling },
      { name: `POST, singles on ${CONNECTIONS} connections`, value: singly, unit: 'statements/s' },
      { name: `POST, singles on ${CONNECTIONS} connections, p50`, value: at(0.5), unit: 'ms' },
      { name: `POST, singles on ${CONNECTIONS} connections, p99`, value: at(0.99), unit: 'ms' },
    ] satisfies Measured[];
  });
  return oulad === undefined ? measured : [...measured, await timeOulad(oulad)];
}

async function perSecond(count: number, work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (count / (performance.now() - begun)) * 1000;
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

/** The same bytes parsed, and appended as they are, flushed by batch: no validation, tokens, hashes or claims. */
const parseAndAppend = (batches: readonly string[], count: number): Promise<number> =>
  withDoor((_door, log) =>
    perSecond(count, async () => {
      for (const batch of batches) {
        const occurredAt = new Date().toISOString();
        const statements = JSON.parse(batch) as readonly { readonly id: string }[];
        const envelope = { type: 'PolicyChanged', version: 1, tenant: 't', key: 't', occurredAt } as const;
        await log.append(
          statements.map((statement) => ({ ...envelope, id: statement.id, data: { policy: 'bench', by: 'bench', value: statement } })),
        );
      }
    }),
  );

const withServer = <T>(work: (port: number) => Promise<T>): Promise<T> =>
  withDoor(async (door) => {
    const server = fastify();
    const credentials = keysOf({ lms: { secret: 's', tenant: 't', scopes: ['statements/write'] } });
    await server.register(
      (scope, _options, done) => {
        xapiRoutes(scope, { door, credentials });
        done();
      },
      { prefix: '/xapi' },
    );
    await server.listen({ port: 0, host: '127.0.0.1' });
    try {
      return await work((server.server.address() as AddressInfo).port);
    } finally {
      await server.close();
    }
  });

/** So many senders take the next body each, as soon as their last was answered. */
async function post(port: number, agent: Agent, bodies: readonly string[], senders: number, latencies: number[]): Promise<void> {
  const next = bodies.values();
  await Promise.all(
    Array.from({ length: senders }, async () => {
      for (const body of next) {
        const begun = performance.now();
        await send(port, agent, body);
        latencies.push(performance.now() - begun);
      }
    }),
  );
}

function send(port: number, agent: Agent, body: string): Promise<void> {
  const headers = { authorization: basic('lms', 's'), 'x-experience-api-version': '1.0.3', 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', path: '/xapi/statements', method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`answered ${response.statusCode}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const timeOulad = (dir: string): Promise<Measured> =>
  withDoor(async (door) => {
    const sender = { credential: 'bench', scopes: ['statements/write', 'roster/write', 'history/write'] };
    const begun = performance.now();
    const { appended } = await importOulad({ dir, tenant: 't', door, sender, thread: statementsThread });
    return { name: 'import oulad, to the log', value: (appended / (performance.now() - begun)) * 1000, unit: 'facts/s' };
  });

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , funMooc, oulad] = process.argv;
  if (funMooc === undefined) throw new Error('usage: benchmarks.js FUN_MOOC_FILE [OULAD_FOLDER]');
  for (const { name, value, unit, ceiling } of await benchmarkIngest(funMooc, oulad)) {
    const beside = ceiling ? ` (${ceiling.what}: ${Math.round(ceiling.value)})` : '';
    console.log(`${name}: ${unit === 'ms' ? value.toFixed(1) : Math.round(value)} ${unit}${beside}`);
  }
}
