/**
 * How fast the record store answers over so many statements, client included, with the real door, log, warehouse and
 * PostgreSQL of this machine, and a fold that goes on beside it; the vault is the one in memory. How the statements come
 * there: see `fillRecords`.
 *
 * Run it: `node test/benchmarks/dist/record-store.js MILLIONS`.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openEmbeddedLog, openFileBlobs } from '@pharos/event-log';
import { createDoor, type RecordStore } from '@pharos/ingest';
import { xapiRoutes } from '@pharos/ingest/http/xapi-routes';
import { basic, keysOf } from '@pharos/ingest/testing/credentials';
import { createMemoryVault } from '@pharos/ingest/testing/memory-vault';
import { createProjector } from '@pharos/projector';
import { startTestRegistry } from '@pharos/registry/testing';
import { openWarehouse } from '@pharos/warehouse';
import fastify from 'fastify';
import { merged, request } from './asking.js';
import { COURSES, fillRecords, idOf, itemOf, LEARNERS, person, registrationOf, statementOf, verbOf } from './many-statements.js';

export interface Figure {
  readonly name: string;
  /** Milliseconds, or for `rate` a second. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly unit: 'ms' | '/s';
}

const ROUNDS = 40;
const DOCUMENTS = 4_000;
const CONNECTIONS = 16;
/** The engine merges parts for a while after so many inserts at once, which no district makes; longer is not waited for. */
const MERGE_WAIT_MS = 60_000;

const quantile = (sorted: readonly number[], q: number) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!;

/** @param statements how many are stored and folded before anything is asked: at least one of each learner, 20,000 */
export async function benchmarkRecordStore(statements: number, say: (line: string) => void): Promise<readonly Figure[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pharos-records-bench-'));
  const now = () => new Date();
  const log = await openEmbeddedLog({ path: path.join(folder, 'log'), now });
  const warehouse = await openWarehouse({ path: path.join(folder, 'warehouse') });
  const registry = await startTestRegistry(now);
  await registry.registry.tenants.put({ id: 't', name: 't' });
  const door = createDoor({ log, vault: createMemoryVault(), now, newId: randomUUID });
  const stop = new AbortController();
  const server = fastify();
  try {
    const begun = performance.now();
    const projector = createProjector({ log, warehouse });
    await fillRecords({ door, log, warehouse }, statements, () => projector.runUntilCaughtUp().then(() => undefined), 'projector');
    say(
      `${statements} statements stored and folded in ${((performance.now() - begun) / 1_000).toFixed(0)} s; log ${Math.round(log.size() / 2 ** 20)} MB`,
    );
    await merged(warehouse.tenant('t'), MERGE_WAIT_MS);
    const folding = projector.run(stop.signal);
    const store: RecordStore = {
      warehouse: (tenant) => warehouse.tenant(tenant),
      documents: (tenant) => registry.registry.tenant(tenant).documents,
      attachments: { blobs: openFileBlobs(path.join(folder, 'blobs')), records: (tenant) => registry.registry.tenant(tenant).attachments },
      foldConsumer: 'projector',
    };
    const credentials = keysOf({ lms: { secret: 's', tenant: 't', scopes: ['all'] } });
    await server.register((scope) => xapiRoutes(scope, { door, credentials, store }), { prefix: '/xapi' });
    const address = await server.listen({ host: '127.0.0.1', port: 0 });
    say(`asked at a load of ${loadavg()[0]!.toFixed(1)}`);
    const figures = await askEverything(address, statements);
    stop.abort();
    await folding;
    return figures;
  } finally {
    stop.abort();
    await server.close();
    await warehouse.close();
    await registry.stop();
    await log.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
const headers = { authorization: basic('lms', 's'), 'x-experience-api-version': '1.0.3' };

const ask = async (url: string, method = 'GET', body?: string): Promise<string> =>
  (await request(agent, url, { method, headers, ...(body !== undefined && { body }) })).text;

async function timed(name: string, measured: (round: number) => Promise<unknown>, rounds = ROUNDS): Promise<Figure> {
  for (let round = 0; round < 3; round++) await measured(round);
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const begun = performance.now();
    await measured(round + 3);
    times.push(performance.now() - begun);
  }
  times.sort((a, b) => a - b);
  return { name, p50: quantile(times, 0.5), p95: quantile(times, 0.95), p99: quantile(times, 0.99), unit: 'ms' };
}

type Query = Readonly<Record<string, string>>;

async function askEverything(address: string, statements: number): Promise<readonly Figure[]> {
  const url = (parameters: Query) => `${address}/xapi/statements?${new URLSearchParams(parameters).toString()}`;
  const agentOf = (name: string) => JSON.stringify(person(name));
  const some = (round: number, of: number) => (round * 7_907) % of;
  // Each as many ask it, and as the one asks whose pages are the most.
  const queries: readonly (readonly [name: string, of: (round: number) => Query, busiest: Query])[] = [
    ['agent', (n) => ({ agent: agentOf(`learner.${some(n, LEARNERS)}`) }), { agent: agentOf('learner.0') }],
    ['verb and activity', (n) => ({ verb: verbOf(0), activity: itemOf(some(n, COURSES), (n * 4) % 40) }), { verb: verbOf(0), activity: itemOf(0, 0) }],
    ['registration', (n) => ({ registration: registrationOf(some(n, LEARNERS)) }), { registration: registrationOf(0) }],
    ['since', () => ({ since: '2026-01-01T00:00:00Z' }), { since: '2026-01-01T00:00:00Z' }],
    ['since, ascending', () => ({ since: '2026-01-01T00:00:00Z', ascending: 'true' }), { since: '2026-01-01T00:00:00Z', ascending: 'true' }],
    ['verb alone', () => ({ verb: verbOf(0) }), { verb: verbOf(0) }],
    ['related_agents', (n) => ({ agent: agentOf(`teacher.${some(n, COURSES)}`), related_agents: 'true' }), { agent: agentOf('teacher.0'), related_agents: 'true' }],
    ['related_activities', (n) => ({ activity: `https://lms.example/courses/${some(n, COURSES)}`, related_activities: 'true' }), { activity: 'https://lms.example/courses/0', related_activities: 'true' }],
  ]; // prettier-ignore
  const figures = [await timed('GET by id', (n) => ask(url({ statementId: idOf(some(n, statements)) })), 10 * ROUNDS)];
  for (const [name, of, busiest] of queries) {
    figures.push(await timed(`GET by ${name}`, (n) => ask(url(of(n)))));
    figures.push(await timed(`GET by ${name}, the busiest`, () => ask(url(busiest))));
    const { page, address: far } = await pageOf(address, url(busiest), 100);
    figures.push(await timed(`GET by ${name}, the busiest, page ${page}`, () => ask(far)));
  }
  figures.push(
    await timed('POST, then GET by agent', async (n) => {
      const name = `fresh.${n}`;
      const { id: _id, ...statement } = statementOf(n);
      await ask(`${address}/xapi/statements`, 'POST', JSON.stringify({ ...statement, actor: person(name) }));
      const { statements: found } = JSON.parse(await ask(url({ agent: agentOf(name) }))) as { statements: readonly object[] };
      if (found.length !== 1) throw new Error('what was written is not read');
    }),
  );
  return [...figures, ...(await documentRates(address, agentOf))];
}

/** The address of a page, or of the last one where there are fewer. */
async function pageOf(address: string, first: string, wanted: number): Promise<{ readonly page: number; readonly address: string }> {
  let next = first;
  for (let page = 1; page < wanted; page++) {
    const { more } = JSON.parse(await ask(next)) as { more: string };
    if (more === '') return { page, address: next };
    next = `${address}${more}`;
  }
  return { page: wanted, address: next };
}

async function documentRates(address: string, agentOf: (name: string) => string): Promise<readonly Figure[]> {
  const url = (n: number) =>
    `${address}/xapi/activities/state?${new URLSearchParams({ activityId: 'https://lms.example/a', agent: agentOf(`learner.${n % 200}`), stateId: `s${n}` }).toString()}`;
  const rate = async (name: string, method: string, body?: string): Promise<Figure> => {
    const begun = performance.now();
    let next = 0;
    const sender = async () => {
      for (let n = next++; n < DOCUMENTS; n = next++) await ask(url(n), method, body);
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, sender));
    const value = (DOCUMENTS / (performance.now() - begun)) * 1_000;
    return { name, p50: value, p95: value, p99: value, unit: '/s' };
  };
  return [await rate('documents: PUT, durable', 'PUT', '{"page":1}'), await rate('documents: GET', 'GET')];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const millions = Number(process.argv[2] ?? '1');
  if (!(millions >= 0.02)) throw new Error('usage: record-store.js MILLIONS, at least 0.02');
  for (const { name, p50, p95, p99, unit } of await benchmarkRecordStore(millions * 1_000_000, console.log)) {
    console.log(
      unit === 'ms'
        ? `${name}: p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`
        : `${name}: ${Math.round(p50)}/s`,
    );
  }
  agent.destroy();
}
