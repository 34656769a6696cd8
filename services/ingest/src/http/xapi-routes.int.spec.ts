import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { IngestModule } from '../ingest.module.js';
import { basic, keysOf } from '../testing/credentials.js';
import { memoryRosterRecords } from '../testing/memory-roster-records.js';
import { openTestDoor } from '../testing/open-door.js';

const ID = '0a000000-0000-4000-8000-000000000001';
const statement = {
  actor: { account: { homePage: 'https://sis.example', name: 'ann.lee' } },
  verb: { id: 'http://adlnet.gov/expapi/verbs/experienced' },
  object: { id: 'https://lms.example/pages/1' },
};
const credentials = keysOf({
  lms: { secret: 's1', tenant: 't', scopes: ['statements/write', 'statements/read/mine'] },
  analyst: { secret: 's2', tenant: 't', scopes: ['statements/read'] },
  other: { secret: 's3', tenant: 'u', scopes: ['all'] },
});
const headers = { authorization: basic('lms', 's1'), 'x-experience-api-version': '1.0.3' };

const records = memoryRosterRecords();
let opened: Awaited<ReturnType<typeof openTestDoor>>;
let app: NestFastifyApplication;
beforeEach(async () => {
  opened = await openTestDoor();
  const module = IngestModule.with({ door: opened.door, credentials, records: () => records, bodyLimit: 5_000 });
  app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), { logger: ['error'] });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
});
afterEach(async () => {
  await app.close();
  await opened.dispose();
});

type Body = string | object;
const request = (method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: Body, more: Record<string, string> = {}) =>
  app.inject({
    method,
    url,
    headers: { ...headers, ...(payload !== undefined && { 'content-type': 'application/json' }), ...more },
    ...(payload !== undefined && { payload }),
  });

describe('POST and PUT /xapi/statements', () => {
  it('answers the ids of what it stored, and the same again', async () => {
    const batch = [{ ...statement, id: ID }];
    for (const reply of [await request('POST', '/xapi/statements', batch), await request('POST', '/xapi/statements', batch)]) {
      expect([reply.statusCode, reply.json()]).toEqual([200, [ID]]);
      expect(reply.headers['x-experience-api-version']).toBe('1.0.3');
      expect(reply.headers['x-experience-api-consistent-through']).toBe('2026-01-01T00:00:00.000Z');
    }
    expect(await opened.facts()).toHaveLength(1);
  });

  it('takes one statement, and an empty array', async () => {
    expect((await request('POST', '/xapi/statements', statement)).json()).toHaveLength(1);
    expect((await request('POST', '/xapi/statements', [])).json()).toEqual([]);
  });

  it('puts under the id of the address, and says 409 to other content', async () => {
    const url = `/xapi/statements?statementId=${ID}`;
    expect((await request('PUT', url, statement)).statusCode).toBe(204);
    expect((await request('PUT', url, statement)).statusCode).toBe(204);
    const other = await request('PUT', url, { ...statement, verb: { id: 'https://example.org/other' } });
    expect([other.statusCode, other.headers['content-type']]).toEqual([409, 'application/problem+json; charset=utf-8']);
  });

  it('names each place that is wrong', async () => {
    const bad = { ...statement, object: { id: 'https://lms.example/q', definition: { interactionType: 'guess' } } };
    const reply = await request('POST', '/xapi/statements', [statement, bad]);
    expect([reply.statusCode, reply.json<{ errors: { path: string }[] }>().errors.map(({ path }) => path)]).toEqual([
      400,
      ['[1].object.definition.interactionType'],
    ]);
    const alone = await request('POST', '/xapi/statements', bad);
    expect(alone.json<{ errors: { path: string }[] }>().errors[0]?.path).toBe('object.definition.interactionType');
  });

  it.each([
    ['not JSON', '[{"actor": Ann Lee}]', 400],
    ['cut off', '[{"actor":', 400],
    ['not UTF-8', Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]), 400],
    ['too large', JSON.stringify({ ...statement, result: { response: 'x'.repeat(6_000) } }), 413],
  ])('refuses a body that is %s, without repeating it', async (_, payload, status) => {
    const reply = await request('POST', '/xapi/statements', payload);
    expect(reply.statusCode).toBe(status);
    expect(reply.headers['x-experience-api-version']).toBe('1.0.3');
    expect(reply.body).not.toContain('Ann');
  });

  it('refuses other media types, parameters and methods', async () => {
    expect((await request('POST', '/xapi/statements', 'a=b', { 'content-type': 'text/plain' })).statusCode).toBe(400);
    expect((await request('POST', '/xapi/statements?StatementId=1', statement)).statusCode).toBe(400);
    expect((await request('DELETE', '/xapi/statements')).headers.allow).toContain('PUT');
    for (const method of ['GET', 'HEAD', 'POST', 'DELETE'] as const) {
      const reply = await request(method, '/xapi/nothing');
      expect([reply.statusCode, reply.headers['x-experience-api-version']]).toEqual([404, '1.0.3']);
    }
  });
});

describe('who asks', () => {
  it.each([
    ['no key', { authorization: '' }],
    ['a malformed key', { authorization: 'Basic ???' }],
    ['a wrong secret', { authorization: basic('lms', 's2') }],
  ])('is refused with %s', async (_, more) => {
    const reply = await request('POST', '/xapi/statements', statement, more);
    expect([reply.statusCode, reply.headers['www-authenticate']]).toEqual([401, 'Basic realm="Pharos"']);
    expect(reply.headers['x-experience-api-version']).toBe('1.0.3');
  });

  it('needs the scope for it', async () => {
    const reply = await request('POST', '/xapi/statements', statement, { authorization: basic('analyst', 's2') });
    expect(reply.statusCode).toBe(403);
  });

  it.each([['0.9'], ['3.0.0'], ['']])('is refused with version %p', async (version) => {
    const reply = await request('GET', `/xapi/statements?statementId=${ID}`, undefined, { 'x-experience-api-version': version });
    expect([reply.statusCode, reply.headers['x-experience-api-version']]).toEqual([400, '2.0.0']);
  });

  it('needs neither key nor version to ask about the store', async () => {
    const reply = await app.inject({ method: 'GET', url: '/xapi/about' });
    expect(reply.json()).toEqual({ version: ['1.0.0', '1.0.1', '1.0.2', '1.0.3', '2.0.0'], extensions: {} });
  });
});

describe('GET /xapi/statements', () => {
  it('gives a platform back what it sent, and records whom it was shown', async () => {
    await request('PUT', `/xapi/statements?statementId=${ID}`, statement);
    const reply = await request('GET', `/xapi/statements?statementId=${ID}`);
    expect(reply.json()).toMatchObject({
      ...statement,
      id: ID,
      version: '1.0.0',
      timestamp: '2026-01-01T00:00:00.000Z',
      stored: '2026-01-01T00:00:00.000Z',
    });
    expect((await opened.facts()).filter(({ type }) => type === 'IdentityRead')).toMatchObject([{ data: { by: 'lms', whom: ['t_1'] } }]);
    expect((await request('HEAD', `/xapi/statements?statementId=${ID}`)).body).toBe('');
  });

  it('shows another reader tokens, and another tenant nothing', async () => {
    await request('PUT', `/xapi/statements?statementId=${ID}`, statement);
    const url = `/xapi/statements?statementId=${ID}`;
    const hidden = await request('GET', url, undefined, { authorization: basic('analyst', 's2') });
    expect(hidden.body).not.toContain('ann.lee');
    expect((await request('GET', url, undefined, { authorization: basic('other', 's3') })).statusCode).toBe(404);
  });

  it.each([[''], ['?statementId=7'], [`?statementId=${ID}&voidedStatementId=${ID}`], ['?statementid=1']])('refuses %p', async (query) => {
    expect((await request('GET', `/xapi/statements${query}`)).statusCode).toBe(400);
  });
});
