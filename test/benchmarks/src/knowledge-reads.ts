/**
 * How fast what learners know is read over HTTP, client included, with the real tables (chDB) and the real PostgreSQL of this machine; the vault is the one in
 * memory. The tables are filled as the fold leaves them.
 *
 * Run it whole: `node test/benchmarks/dist/knowledge-reads.js 100000`, which fills 50 million rows first.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { Agent } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { openEmbeddedLog } from '@pharos/event-log';
import { type Fact } from '@pharos/facts';
import { InsightsModule } from '@pharos/insights';
import { memoryVault } from '@pharos/insights/testing/memory-vault';
import { type Registry } from '@pharos/registry';
import { startTestRegistry } from '@pharos/registry/testing';
import { createLogger } from '@pharos/runtime';
import { masteriesOf, openWarehouse, type Warehouse } from '@pharos/warehouse';
import fastify from 'fastify';
import { type Asking, merged, request } from './asking.js';
import { type Figure } from './figures.js';

const TENANT = 't';
const SKILLS = 500;
const ITEMS = 10_000;
/** What the class of the figures has tried, and how many they are. */
const CLASS_SKILLS = 200;
const CLASS_SIZE = 35;
const CLASS = 'class-0';
/** Answers of each learner: what choosing looks back on, and what a class's page goes through. */
const ANSWERS = 40;
const ASKED_LEARNERS = 200;
const ROUNDS = 300;
const MERGE_WAIT_MS = 120_000;
const FACTS_AT_ONCE = 5_000;
const PASSWORD = 'a long enough password';
const START = '2026-09-01T08:00:00.000Z';

const learnerOf = (n: number): string => `learner-${String(n).padStart(7, '0')}`;
const skillOf = (n: number): string => `skill-${String(n).padStart(3, '0')}`;
const itemOf = (n: number): string => `https://items.example/${n}`;
/** Tokens are random, so that those of a class lie far from each other in a table that is sorted by them. */
function classOf(n: number, learners: number): string {
  const apart = Math.floor(learners / CLASS_SIZE);
  return n % apart === 0 && n / apart >= CLASS_SIZE ? 'class-of-the-rest' : `class-${n % apart}`;
}
const membersOf = (learners: number): readonly number[] =>
  Array.from({ length: CLASS_SIZE }, (_, n) => n * Math.floor(learners / CLASS_SIZE));

/** Twenty items a skill, of the kinds that are graded; each skill stands on the one before, ten in a row. */
function content() {
  const key = (n: number) =>
    [{ kind: 'number', value: n, tolerance: 0.01, unit: 'm' }, { kind: 'algebra', expression: `2*(x+${n})` }, { kind: 'text', accept: [`word${n}`] }, { kind: 'choice', right: 'a' }][n % 4]!; // prettier-ignore
  const texts = (n: number) => ({ en: `What is number ${n}?`, es: `¿Cuál es el número ${n}?` });
  return {
    skills: Array.from({ length: SKILLS }, (_, n) => ({ skill: skillOf(n), title: texts(n), subject: `subject-${Math.floor(n / 100)}`, prerequisites: n % 10 === 0 ? [] : [skillOf(n - 1)] })),
    items: Array.from({ length: ITEMS }, (_, n) => ({
      item: itemOf(n), skill: skillOf(n % SKILLS), difficulty: ((n / SKILLS) % 20) / 10 - 1, question: texts(n), key: key(n),
      ...(n % 4 === 3 && { choices: ['a', 'b', 'c'].map((id) => ({ id, text: id })) }),
      hints: [texts(n), texts(n + 1)], misconceptions: [{ id: 'off-by-one', answers: [String(n + 1)], say: texts(n) }], tell: true,
    })),
  };
} // prettier-ignore

const responseTo = (n: number): string => [`${n} m`, `2x+${2 * n}`, `wrod${n}`, 'b'][n % 4]!;

/** Everything that stands in the tables for so many learners. Rows of one are made once, and sent for the others with their own name. */
async function fill(warehouse: Warehouse, registry: Registry, learners: number, say: (line: string) => void): Promise<void> {
  const { writer } = warehouse;
  const at = (n: number) => new Date(Date.parse(START) + n * 60_000).toISOString();
  const mastery = (skill: number) =>
    writer.encodeRow('masteries', {
      tenant: TENANT, learner: learnerOf(0), skill: skillOf(skill), probability: 0.3 + ((skill * 7) % 65) / 100, low: 0.2, high: 0.98, evidence: 8, trend: 0.05, run: skill % 5,
      last_at: at(skill), stability: 5 + (skill % 30), difficulty: 5, review_at: at(skill * 100), version: 'v1',
    }); // prettier-ignore
  const answer = (n: number) =>
    writer.encodeRow('answers', {
      tenant: TENANT, learner: learnerOf(0), id: `${learnerOf(0)}-${n}`, occurred_at: at(n), known_at: at(n), recorded_at: at(n), log_partition: 0, log_offset: n,
      activity: itemOf((n * 37) % ITEMS), skills: [], correct: n % 3 === 0 ? 0 : 1, duration_seconds: 20, hints: 0, attempt: 1,
    }); // prettier-ignore
  const all = Array.from({ length: SKILLS }, (_, skill) => mastery(skill));
  const [whole, some] = [all.join(''), all.slice(0, CLASS_SKILLS).join('')];
  const given = Array.from({ length: ANSWERS }, (_, n) => answer(n)).join('');
  const begun = performance.now();
  const forAll = async (table: 'masteries' | 'answers', rowsOf: (n: number) => string, atOnce: number) => {
    for (let from = 0; from < learners; from += atOnce) {
      const texts = Array.from({ length: Math.min(atOnce, learners - from) }, (_, i) => rowsOf(from + i).replaceAll(learnerOf(0), learnerOf(from + i)));
      await writer.insertEncoded({ table, bytes: Buffer.from(texts.join('')) });
    }
  }; // prettier-ignore
  const members = new Set(membersOf(learners));
  await forAll('masteries', (n) => (members.has(n) ? some : whole), 400);
  await forAll('answers', () => given, 5_000);
  await writer.insert('classes', [{ tenant: TENANT, class: CLASS, title: 'Class', course: 'c', course_title: 'C', school: 's', school_title: 'S', term: '2026', start_day: '2026-09-01', end_day: '2027-06-30', iris: [], id: 'class', occurred_at: START, known_at: START, recorded_at: START, log_partition: 0, log_offset: 0 }]); // prettier-ignore
  const fact = (type: string, key: string, data: object, n: number) => ({
    partition: 0, offset: n,
    fact: { id: `${type}-${n}`, type, version: 1, tenant: TENANT, key, occurredAt: START, knownAt: START, recordedAt: START, data } as unknown as Fact,
  }); // prettier-ignore
  const enrolled = (n: number) => fact('LearnerEnrolled', learnerOf(n), { learner: learnerOf(n), class: classOf(n, learners) }, n + 1);
  const facts = [fact('TeacherAssigned', CLASS, { teacher: 'teacher', class: CLASS, active: true }, 0), ...Array.from({ length: learners }, (_, n) => enrolled(n))]; // prettier-ignore
  for (let from = 0; from < facts.length; from += FACTS_AT_ONCE) {
    const some_ = facts.slice(from, from + FACTS_AT_ONCE);
    await registry.folds.apply({ consumer: 'bench', topic: 'roster', partition: 0, facts: some_, nextOffset: from + some_.length });
  }
  await registry.tenant(TENANT).practice.put(content(), START);
  const rows = (learners - CLASS_SIZE) * SKILLS + CLASS_SIZE * CLASS_SKILLS;
  say(`${learners} learners, ${rows} rows of mastery and ${learners * ANSWERS} answers in ${((performance.now() - begun) / 1_000).toFixed(0)} s`);
  await merged(warehouse.tenant(TENANT), MERGE_WAIT_MS);
} // prettier-ignore

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

async function p95(ask: (round: number) => Promise<unknown>): Promise<number> {
  for (let round = 0; round < 5; round++) await ask(round);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const begun = performance.now();
    await ask(round + 5);
    times.push(performance.now() - begun);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(0.95 * times.length)]!;
}

/** A server that answers the same text to everybody: what HTTP and the client take of it. */
async function bareServer(text: string) {
  const server = fastify();
  server.get('/', (_, reply) => reply.type('application/json').send(text));
  const address = await server.listen({ host: '127.0.0.1', port: 0 });
  return { ask: () => request(agent, `${address}/`, { headers: {} }), close: () => server.close() };
}

const GRADED = 50;

async function askEverything(address: string, warehouse: Warehouse, learners: number, key: string): Promise<readonly Figure[]> {
  const platform = { authorization: `Basic ${Buffer.from(key).toString('base64')}` };
  const { cookie } = await request(agent, `${address}/api/session`, { method: 'POST', headers: {}, body: JSON.stringify({ login: 'teacher', password: PASSWORD }) });
  const some = (round: number) => encodeURIComponent(`mailto:${learnerOf(sampled(round, learners))}@t.example`);
  const own = warehouse.tenant(TENANT);
  const ofClass = membersOf(learners).map(learnerOf);
  const classBody = JSON.stringify({ learners: ofClass.map((learner) => `mailto:${learner}@t.example`) });
  const graded = (from: number, count: number) => JSON.stringify({ answers: Array.from({ length: count }, (_, i) => ({ item: itemOf((from + i) % ITEMS), response: responseTo((from + i) % ITEMS) })) });
  const get = (url: string, headers: Asking['headers'] = platform) => request(agent, `${address}/api${url}`, { headers });
  const post = (url: string, body: string) => request(agent, `${address}/api${url}`, { method: 'POST', headers: platform, body });
  const oneText = (await get(`/learners/${some(0)}/mastery`)).text;
  if ((JSON.parse(oneText) as { skills: unknown[] }).skills.length !== SKILLS) throw new Error('a learner does not have the skills that were filled in');
  const bare = await bareServer((await post('/grade', graded(0, 1))).text);
  try {
    const question = (tokens: (round: number) => readonly string[]) => p95((round) => own.ask(masteriesOf(tokens(round))));
    const oneAsked = { what: 'the question alone, p95', value: await question((round) => [learnerOf(sampled(round, learners))]) };
    const classAsked = { what: 'the question alone, p95', value: await question(() => ofClass) };
    const http = { what: 'a bare server, p95', value: await p95(bare.ask) };
    const row = async (name: string, ask: (round: number) => Promise<unknown>, most: number | null, ceiling: Figure['ceiling']): Promise<Figure> => ({ name, value: await p95(ask), unit: 'ms', ...(most !== null && { asked: { atMost: most } }), ceiling: ceiling! });
    const all = `${learners} learners`;
    return [
      await row(`mastery of a learner, ${SKILLS} skills, p95, ${all}`, (round) => get(`/learners/${some(round)}/mastery`), 20, oneAsked),
      await row(`mastery of a class of ${CLASS_SIZE}, ${CLASS_SKILLS} skills, p95, ${all}`, () => post('/mastery', classBody), 50, classAsked),
      await row(`page of that class, p95, ${all}`, () => get(`/teaching/classes/${CLASS}/skills`, { cookie }), null, classAsked),
      await row(`next activity, ${ITEMS} items, p95, ${all}`, (round) => get(`/learners/${some(round)}/next`), 50, oneAsked),
      await row('grade one answer, p95', (round) => post('/grade', graded(round, 1)), 10, http),
      await row(`grade a batch of ${GRADED}, p95`, (round) => post('/grade', graded(round * GRADED, GRADED)), null, http),
    ];
  } finally {
    await bare.close();
  }
} // prettier-ignore

/** Spread over all learners, the same ones each time. */
function sampled(round: number, learners: number): number {
  const n = ((round % ASKED_LEARNERS) * 7_919) % learners;
  // The class has tried fewer skills.
  return n % Math.floor(learners / CLASS_SIZE) === 0 ? n + 1 : n;
}

/** @param learners at least 1,000 */
export async function benchKnowledgeReads(learners: number, say: (line: string) => void): Promise<readonly Figure[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pharos-reads-bench-'));
  await mkdir(path.join(folder, 'log'));
  const now = () => new Date();
  const log = await openEmbeddedLog({ path: path.join(folder, 'log'), now });
  const warehouse = await openWarehouse({ path: path.join(folder, 'warehouse') });
  const home = await startTestRegistry(now);
  const { registry } = home;
  let app: NestFastifyApplication | undefined;
  try {
    await registry.tenants.put({ id: TENANT, name: TENANT });
    await registry.tenant(TENANT).users.create({ login: 'teacher', password: PASSWORD, roles: ['teacher'], person: 'teacher' });
    const { credential, secret } = await registry.tenant(TENANT).credentials.create({ name: 'platform', scopes: ['answers/read'] });
    await fill(warehouse, registry, learners, say);
    const known = [...membersOf(learners), ...Array.from({ length: ASKED_LEARNERS }, (_, round) => sampled(round, learners))].map(learnerOf);
    const vault = memoryVault([...new Set(known)].map((token) => ({ tenant: TENANT, token, givenName: token, familyName: 'Bench', email: `${token}@t.example`, identifiers: [`mailto:${token}@t.example`] })));
    const statements = { read: () => Promise.resolve(undefined) };
    const letters = { open: () => Promise.resolve([]), resend: () => Promise.resolve([]), dismiss: () => Promise.resolve(0) };
    const settings = { version: '0.0.0', publicUrl: 'http://127.0.0.1', secureCookies: false, sessionTtlMs: 3_600_000, foldConsumer: 'projector' };
    const parts = { registry, vault, warehouse, log, now, logger: createLogger('error', 'bench'), settings, letters, statements, forwardFrom: () => Promise.resolve('') };
    app = await NestFactory.create<NestFastifyApplication>(InsightsModule.register(parts), new FastifyAdapter({ routerOptions: { maxParamLength: 500 } }), { logger: ['error'] });
    await app.listen(0, '127.0.0.1');
    say(`asked at a load of ${loadavg()[0]!.toFixed(1)}`);
    return await askEverything(await app.getUrl(), warehouse, learners, `${credential.id}:${secret}`);
  } finally {
    agent.destroy();
    await app?.close();
    await warehouse.close();
    await home.stop();
    await log.close();
    await rm(folder, { recursive: true, force: true });
  }
} // prettier-ignore

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const learners = Number(process.argv[2] ?? '5000');
  if (!(learners >= 1_000)) throw new Error('usage: knowledge-reads.js LEARNERS, at least 1000');
  const { lineOf } = await import('./figures.js');
  for (const figure of await benchKnowledgeReads(learners, console.log)) console.log(lineOf(figure));
  process.exit(0);
}
