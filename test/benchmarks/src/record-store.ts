/**
 * How fast the record store answers over so many statements, client included, with the real fold, log, warehouse and
 * PostgreSQL of this machine; the vault is the one in memory. Beside it, the ceiling: a bare server that answers a fixed
 * body of the same size.
 *
 * Run it: `node test/benchmarks/dist/record-store.js MILLIONS`.
 */
import { hash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
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

export interface Figure {
  readonly name: string;
  /** Milliseconds, or for `rate` a second. */
  readonly p50: number;
  readonly p95: number;
  readonly unit: 'ms' | '/s';
}

const LEARNERS = 20_000;
const COURSES = 200;
const BATCH = 1_000;
const ROUNDS = 40;

const quantile = (sorted: readonly number[], q: number) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!;

/** Statement n of the generated ones: learners, activities and registrations recur as in a district of 20,000 learners. */
function statementOf(n: number) {
  const learner = (n * 7_919) % LEARNERS;
  const course = learner % COURSES;
  const verb = ['answered', 'experienced', 'completed', 'progressed'][n % 4]!;
  return {
    id: idOf(n),
    actor: { account: { homePage: 'https://sis.example', name: `learner.${learner}` } },
    verb: { id: `http://adlnet.gov/expapi/verbs/${verb}` },
    object: { id: `https://lms.example/courses/${course}/items/${n % 40}` },
    context: {
      registration: registrationOf(learner),
      instructor: { account: { homePage: 'https://sis.example', name: `teacher.${course}` } },
      contextActivities: { grouping: [{ id: `https://lms.example/courses/${course}` }] },
    },
    timestamp: new Date(Date.UTC(2026, 0, 1) + n * 1_000).toISOString(),
  };
}
const uuidOf = (text: string) => {
  const hex = hash('md5', text, 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
const idOf = (n: number) => uuidOf(`statement ${n}`);
const registrationOf = (learner: number) => uuidOf(`registration ${learner}`);

/** @param statements how many are generated, stored and folded before anything is asked */
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
    const sender = { credential: 'lms', scopes: ['all'] };
    for (let from = 0; from < statements; from += BATCH) {
      const batch = Array.from({ length: Math.min(BATCH, statements - from) }, (_, i) => statementOf(from + i));
      const taken = await door.acceptStatements({ tenant: 't', sender, version: '1.0.3', statements: batch });
      if (!taken.ok) throw new Error(taken.refused.detail);
    }
    say(`${statements} statements are in the log`);
    const projector = createProjector({ log, warehouse });
    const [begun, cpu] = [performance.now(), process.cpuUsage()];
    await projector.runUntilCaughtUp();
    const used = process.cpuUsage(cpu);
    const each = ((used.user + used.system) / statements).toFixed(0);
    say(`folded at ${Math.round((statements / (performance.now() - begun)) * 1_000)} statements/s, ${each} µs CPU each`);
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

const headers = { authorization: basic('lms', 's'), 'x-experience-api-version': '1.0.3', 'content-type': 'application/json' };

async function request(url: string, init: RequestInit = {}): Promise<string> {
  const reply = await fetch(url, { ...init, headers: { ...headers, ...(init.headers as Record<string, string>) } });
  const text = await reply.text();
  if (!reply.ok) throw new Error(`${url}: ${reply.status} ${text}`);
  return text;
}

async function timed(name: string, ask: (round: number) => Promise<unknown>): Promise<Figure> {
  for (let round = 0; round < 3; round++) await ask(round);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const begun = performance.now();
    await ask(round + 3);
    times.push(performance.now() - begun);
  }
  times.sort((a, b) => a - b);
  return { name, p50: quantile(times, 0.5), p95: quantile(times, 0.95), unit: 'ms' };
}

async function askEverything(address: string, statements: number): Promise<readonly Figure[]> {
  const url = (parameters: Record<string, string>) => `${address}/xapi/statements?${new URLSearchParams(parameters).toString()}`;
  const person = (name: string) => JSON.stringify({ account: { homePage: 'https://sis.example', name } });
  const some = (round: number, of: number) => (round * 7_907) % of;
  const page = async (parameters: Record<string, string>, wanted: number) => {
    let next = url(parameters);
    for (let at = 1; at < wanted; at++) {
      const { more } = JSON.parse(await request(next)) as { more: string };
      if (more === '') return undefined;
      next = `${address}${more}`;
    }
    return next;
  };
  const figures = [
    await timed('GET by id', (n) => request(url({ statementId: idOf(some(n, statements)) }))),
    await timed('GET by agent', (n) => request(url({ agent: person(`learner.${some(n, LEARNERS)}`) }))),
    await timed('GET by verb and activity', (n) => request(url({ verb: 'http://adlnet.gov/expapi/verbs/answered', activity: `https://lms.example/courses/${some(n, COURSES)}/items/${(n * 4) % 40}` }))),
    await timed('GET by registration', (n) => request(url({ registration: registrationOf(some(n, LEARNERS)) }))),
    await timed('GET by since, newest first', () => request(url({ since: '2026-01-01T00:00:00Z' }))),
    await timed('GET by verb alone', () => request(url({ verb: 'http://adlnet.gov/expapi/verbs/answered' }))),
    await timed('GET related_agents', (n) => request(url({ agent: person(`teacher.${some(n, COURSES)}`), related_agents: 'true' }))),
    await timed('GET related_activities', (n) => request(url({ activity: `https://lms.example/courses/${some(n, COURSES)}`, related_activities: 'true' }))),
  ];
  const hundredth = await page({ verb: 'http://adlnet.gov/expapi/verbs/answered' }, 100);
  if (hundredth !== undefined) figures.push(await timed('GET by verb alone, page 100', () => request(hundredth)));
  figures.push(
    await timed('POST, then GET by agent', async (n) => {
      const name = `fresh.${n}`;
      const { id: _id, ...statement } = statementOf(n);
      await request(url({}).replace('?', ''), { method: 'POST', body: JSON.stringify({ ...statement, actor: { account: { homePage: 'https://sis.example', name } } }) });
      const { statements: found } = JSON.parse(await request(url({ agent: person(name) }))) as { statements: readonly object[] };
      if (found.length !== 1) throw new Error('what was written is not read');
    }),
  );
  return [...figures, ...(await documentRates(address, person))];
}

async function documentRates(address: string, person: (name: string) => string): Promise<readonly Figure[]> {
  const many = 800;
  const url = (n: number) => `${address}/xapi/activities/state?${new URLSearchParams({ activityId: 'https://lms.example/a', agent: person(`learner.${n % 200}`), stateId: `s${n}` }).toString()}`;
  const rate = async (name: string, init: RequestInit): Promise<Figure> => {
    const begun = performance.now();
    let next = 0;
    const sender = async () => {
      for (let n = next++; n < many; n = next++) await request(url(n), init);
    };
    await Promise.all(Array.from({ length: 16 }, sender));
    const value = (many / (performance.now() - begun)) * 1_000;
    return { name, p50: value, p95: value, unit: '/s' };
  };
  return [await rate('documents: PUT, durable', { method: 'PUT', body: '{"page":1}' }), await rate('documents: GET', {})];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const millions = Number(process.argv[2] ?? '1');
  if (!(millions > 0)) throw new Error('usage: record-store.js MILLIONS');
  for (const { name, p50, p95, unit } of await benchmarkRecordStore(millions * 1_000_000, console.log)) {
    console.log(unit === 'ms' ? `${name}: p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms` : `${name}: ${Math.round(p50)}/s`);
  }
}
