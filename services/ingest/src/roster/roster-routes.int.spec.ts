import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openTemporaryLog } from '@pharos/event-log/temporary-log';
import { type Fact } from '@pharos/facts';
import { openRegistry, type Registry } from '@pharos/registry';
import { startTestPostgres } from '@pharos/registry/testing';
import { createKeyRing, openVault, type OpenVault } from '@pharos/vault';
import fastify, { type FastifyInstance } from 'fastify';
import { createDoor, type Door } from '../door/door.js';
import { basic } from '../testing/credentials.js';
import { allFacts, importer } from '../testing/open-door.js';
import { importOulad } from '../oulad/import-oulad.js';
import { smallOulad } from '../testing/small-oulad.js';
import { rosterRoutes } from './roster-routes.js';

/** The parts that a server has: PostgreSQL with registry and vault, and a log in a folder. */
let postgres: Awaited<ReturnType<typeof startTestPostgres>>;
let keys: string;
let registry: Registry;
let vault: OpenVault;
let opened: Awaited<ReturnType<typeof openTemporaryLog>>;
let door: Door;
let server: FastifyInstance;
const errors: unknown[] = [];
const now = () => new Date('2026-01-01T00:00:00.000Z');
const onError = (error: unknown) => errors.push(error);

beforeAll(async () => {
  [postgres, keys, opened] = await Promise.all([
    startTestPostgres(),
    mkdtemp(path.join(tmpdir(), 'pharos-keys-')),
    openTemporaryLog({ now }),
  ]);
  registry = await openRegistry({ connection: postgres.connection('pharos_registry'), now, onError });
  const ring = await createKeyRing(path.join(keys, 'keys.json'));
  vault = await openVault({ connection: postgres.connection('pharos_vault'), keys: ring, now, onError });
  door = createDoor({ log: opened.log, vault, now, newId: randomUUID });
  server = fastify();
  await server.register(
    (scope, _options, done) => {
      rosterRoutes(scope, { door, credentials: registry.credentialCheck, records: (tenant) => registry.tenant(tenant).rosterRecords });
      done();
    },
    { prefix: '/roster' },
  );
});
afterAll(async () => {
  await server.close();
  await vault.close();
  await registry.close();
  await Promise.all([postgres.stop(), opened.dispose(), rm(keys, { recursive: true })]);
  expect(errors).toEqual([]);
});

let tenant = '';
let authorization = '';
let number = 0;
beforeEach(async () => {
  tenant = `t${(number += 1)}`;
  await registry.tenants.put({ id: tenant, name: tenant });
  authorization = await keyFor(['roster/write']);
});

async function keyFor(scopes: readonly string[]): Promise<string> {
  const { credential, secret } = await registry.tenant(tenant).credentials.create({ name: 'sis', scopes });
  return basic(credential.id, secret);
}

const post = (kind: string, payload: string, type = 'text/csv') =>
  server.inject({ method: 'POST', url: `/roster/${kind}`, payload, headers: { authorization, 'content-type': type } });
const factsOf = async () => ((await allFacts(opened.log)) as unknown as Fact[]).filter((fact) => fact.tenant === tenant);

describe('POST /roster', () => {
  it('takes a school, remembers it, and adds nothing the second time', async () => {
    const files = [
      ['orgs', 'sourcedId,name,type\nS1,Lincoln High,school\n'],
      ['academicSessions', 'sourcedId,title,startDate,endDate\nF25,Fall,2025-08-20,2025-12-20\n'],
      ['courses', 'sourcedId,title\nALG,Algebra\n'],
      ['classes', 'sourcedId,title,courseSourcedId,schoolSourcedId,termSourcedIds\nC1,Algebra 1,ALG,S1,F25\n'],
      ['enrollments', 'sourcedId,classSourcedId,userSourcedId,role,beginDate\nE1,C1,ann,student,2025-08-20\n'],
    ] as const;
    for (const [kind, csv] of files) expect((await post(kind, csv)).json()).toMatchObject({ ok: true, errors: [] });
    const first = await factsOf();
    expect(first.map(({ type }) => type)).toEqual(expect.arrayContaining(['ClassDefined', 'LearnerEnrolled']));
    for (const [kind, csv] of files) expect((await post(kind, csv)).json()).toMatchObject({ ok: true, appended: 0 });
    expect(await factsOf()).toEqual(first);
    expect(JSON.stringify(first)).not.toContain('ann');
    const enrolled = first.flatMap((fact) => (fact.type === 'LearnerEnrolled' ? [fact.data.learner] : []));
    expect(enrolled).toEqual([await vault.find(tenant, 'sourced:ann')]);
  });

  it.each([
    ['malformed JSON', 'orgs', '[{"name": Ann Lee}]', 'application/json', 400],
    ['another media type', 'orgs', 'a', 'text/plain', 415],
    ['an unknown kind', 'pupils', 'a\n', 'text/csv', 404],
  ])('tells %s as a problem, without repeating it', async (_, kind, payload, type, status) => {
    const reply = await post(kind, payload, type);
    expect([reply.statusCode, reply.headers['content-type']]).toEqual([status, 'application/problem+json; charset=utf-8']);
    expect(reply.json()).toMatchObject({ type: 'about:blank', status });
    expect(reply.body).not.toContain('Ann');
  });

  it.each([
    ['GET', '/roster/users', 405, 'OPTIONS, POST'],
    ['DELETE', '/roster/users', 405, 'OPTIONS, POST'],
    ['GET', '/roster', 404, undefined],
    ['POST', '/roster/users/1', 404, undefined],
  ] as const)('answers %s %s with a problem that says what to do', async (method, url, status, allow) => {
    const reply = await server.inject({ method, url, headers: { authorization } });
    expect([reply.statusCode, reply.headers.allow]).toEqual([status, allow]);
    expect(reply.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(reply.json()).toMatchObject({ status, detail: expect.stringContaining('POST') as unknown });
  });

  it.each([
    ['calendar', 'timeZone,weekdays\nAmerica/Chicago,"1;tuesday"', 'weekdays', 'must be numbers from 1 (Monday) to 7 (Sunday)'],
    ['calendar', 'timeZone,weekdays\nAmerica/Nowhere,"1;2"', 'timeZone', 'is not a time zone by its IANA name, such as America/Chicago'],
    ['accommodations', 'extraDays\n7', 'studentSourcedId', 'is missing'],
    ['orgs', 'sourcedId,name\no1,a\0b', 'name', 'holds the character NUL, which no text does'],
    [
      'grades',
      'studentSourcedId,classSourcedId,date,percent,passing\ns,c,2026-01-01,101,true',
      'percent',
      'Too big: expected number to be <=100',
    ],
  ])('says which column of %s is wrong', async (kind, rows, column, message) => {
    const reply = await post(kind, rows, 'text/csv');
    expect(reply.statusCode).toBe(200);
    expect(reply.json()).toMatchObject({ appended: 0, errors: [{ line: 2, column, message }] });
  });

  it('takes a calendar whose weekdays are told as CSV tells lists', async () => {
    const reply = await post('calendar', 'timeZone,weekdays,holidays\nAmerica/Chicago,"1;2;3;4;5",2026-11-26', 'text/csv');
    expect(reply.json()).toMatchObject({ appended: 1, errors: [] });
  });

  it('is for keys with the scope roster/write only', async () => {
    authorization = await keyFor(['statements/write']);
    expect((await post('orgs', 'sourcedId,name,type\nS1,Lincoln High,school\n')).statusCode).toBe(403);
    authorization = basic('nobody', 'x');
    expect((await post('orgs', 'sourcedId,name,type\nS1,Lincoln High,school\n')).statusCode).toBe(401);
  });

  it('lets one of two whole files of a kind go first, so that what stands at the end is one of them', async () => {
    const orgs = (ids: readonly string[]) => `sourcedId,name,type\n${ids.map((id) => `${id},School ${id},school`).join('\n')}\n`;
    const send = (ids: readonly string[]) =>
      server.inject({ method: 'POST', url: '/roster/orgs?mode=bulk&confirm=true', payload: orgs(ids), headers: { authorization, 'content-type': 'text/csv' } }); // prettier-ignore
    const replies = await Promise.all([send(['A', 'B']), send(['C', 'D'])]);
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    const standing = (await registry.tenant(tenant).rosterRecords.active('orgs')).map(({ key }) => key).sort();
    expect([['A', 'B'], ['C', 'D']]).toContainEqual(standing); // prettier-ignore
  });
});

describe('import oulad with the vault of a server', () => {
  it('knows a student by one token in roster and statements', async () => {
    const source = await smallOulad();
    const summary = await importOulad({ dir: source.dir, tenant, door, sender: importer });
    await source.dispose();
    expect(summary).toMatchObject({ known: 0, deadLetters: 2, learners: 2 });
    const facts = await factsOf();
    const learnersOf = (type: 'LearnerEnrolled' | 'StatementRecorded') =>
      [...new Set(facts.flatMap((fact) => (fact.type === type ? [fact.data.learner] : [])))].sort();
    const students = await Promise.all(['11391', '28400'].map((student) => vault.find(tenant, `sourced:${student}`)));
    expect(learnersOf('LearnerEnrolled')).toEqual(students.sort());
    expect(learnersOf('StatementRecorded')).toEqual(students.sort());
  });
});
