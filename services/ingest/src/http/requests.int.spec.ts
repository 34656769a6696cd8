import { type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fastify, { type FastifyInstance, type InjectOptions } from 'fastify';
import { basic, keysOf } from '../testing/credentials.js';
import { openTestDoor } from '../testing/open-door.js';
import { xapiRoutes } from './xapi-routes.js';

/** Part three, 1 and 3 of xAPI 1.0.3: what holds for requests to every resource. */
const statement = {
  actor: { account: { homePage: 'https://sis.example', name: 'ann.lee' } },
  verb: { id: 'http://adlnet.gov/expapi/verbs/experienced' },
  object: { id: 'https://lms.example/pages/1' },
};
const authorization = basic('lms', 's1');
let opened: Awaited<ReturnType<typeof openTestDoor>>;
let server: FastifyInstance;
beforeAll(async () => {
  opened = await openTestDoor();
  server = fastify();
  const credentials = keysOf({
    lms: { secret: 's1', tenant: 't', scopes: ['all'] },
    slow: { secret: 's1', tenant: 't', scopes: ['all'], settings: { limits: { statementsPerSecond: 0.01 } } },
    rare: { secret: 's1', tenant: 't', scopes: ['all'], settings: { limits: { requestsPerSecond: 1.5 } } },
    small: { secret: 's1', tenant: 't', scopes: ['all'], settings: { limits: { bytesPerSecond: 10 } } },
  });
  const options = { door: opened.door, credentials, bodyLimit: 5_000, corsOrigins: ['https://page.example'] };
  await server.register((scope) => xapiRoutes(scope, options), { prefix: '/xapi' });
  await server.ready();
});
afterAll(async () => {
  await server.close();
  await opened.dispose();
});

const ask = (options: InjectOptions & { readonly url: string }, version: string | undefined = '1.0.3') =>
  server.inject({
    method: 'GET',
    ...options,
    headers: { authorization, ...(version !== undefined && { 'x-experience-api-version': version }), ...options.headers },
  });
const json = { 'content-type': 'application/json' };

describe('3.3 Versioning', () => {
  it.each([
    ['1.0', '1.0.3', 200],
    ['1.0.0', '1.0.3', 200],
    ['1.0.2', '1.0.3', 200],
    ['2.0', '2.0.0', 200],
    ['2.0.0', '2.0.0', 200],
    ['0.95', '2.0.0', 400],
    ['1.1.0', '2.0.0', 400],
    ['3.0.0', '2.0.0', 400],
    ['', '2.0.0', 400],
  ])('answers %j as %s with %i', async (version, answered, status) => {
    const reply = await ask({ method: 'POST', url: '/xapi/statements', headers: json, payload: '[]' }, version);
    expect([reply.statusCode, reply.headers['x-experience-api-version']]).toEqual([status, answered]);
  });

  it('refuses a request without version, and names the version in every reply', async () => {
    const replies = await Promise.all([
      server.inject({ url: '/xapi/statements', headers: { authorization } }),
      server.inject({ url: '/xapi/nowhere' }),
      ask({ url: '/xapi/nowhere' }),
      ask({ method: 'DELETE', url: '/xapi/statements' }),
      ask({ method: 'OPTIONS', url: '/xapi/statements' }),
    ]);
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([400, 401, 404, 405, 204]);
    for (const { headers } of replies) expect(headers['x-experience-api-version']).toMatch(/^(1\.0\.3|2\.0\.0)$/);
  });

  it('2.8 about needs neither credential nor version, and bears one whatever was asked', async () => {
    for (const headers of [{}, { 'x-experience-api-version': '0.9' }]) {
      const reply = await server.inject({ url: '/xapi/about', headers });
      expect([reply.statusCode, reply.json()]).toEqual([200, { version: ['1.0.0', '1.0.1', '1.0.2', '1.0.3', '2.0.0'], extensions: {} }]);
      expect(reply.headers['x-experience-api-version']).toBe('2.0.0');
    }
  });
});

describe('3.2 Error codes', () => {
  it('405 names what is allowed, 413 what is too large, 401 the realm', async () => {
    const wrong = await ask({ method: 'PATCH', url: '/xapi/statements' });
    expect([wrong.statusCode, wrong.headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS, POST, PUT']);
    const large = await ask({ method: 'POST', url: '/xapi/statements', headers: json, payload: `["${'x'.repeat(6_000)}"]` });
    expect(large.statusCode).toBe(413);
    for (const malformed of ['Basic', 'Basic !!!', `Basic ${Buffer.from('no colon').toString('base64')}`, 'Bearer x']) {
      const reply = await ask({ url: '/xapi/statements', headers: { authorization: malformed } });
      expect([reply.statusCode, reply.headers['www-authenticate']]).toEqual([401, expect.stringContaining('Basic realm="Pharos"')]);
    }
  });

  it('3.2.s3.b3, b4: tells what went wrong as JSON, plain text or HTML, as the reader takes it', async () => {
    const told = async (accept?: string) => {
      const reply = await ask({ url: '/xapi/statements?statementId=x&foo=1', headers: accept === undefined ? {} : { accept } });
      return [reply.statusCode, reply.headers['content-type'], reply.payload] as const;
    };
    for (const accept of [undefined, '*/*', 'application/json, text/plain, */*', 'image/png'])
      expect((await told(accept))[1]).toMatch(/^application\/problem\+json/);
    expect(await told('application/json')).toEqual([400, 'application/json; charset=utf-8', expect.stringContaining('"detail":')]);
    expect(await told('text/plain')).toEqual([400, 'text/plain; charset=utf-8', expect.stringMatching(/^400 Bad Request\nUnknown parameters: foo/)]); // prettier-ignore
    const [, type, page] = await told('text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8');
    expect([type, page]).toEqual(['text/html; charset=utf-8', expect.stringContaining('<h1>400 Bad Request</h1>')]);
    expect((await told('text/html;q=0.1, text/plain'))[1]).toBe('text/plain; charset=utf-8');
  });

  it('400 for parameters that are unknown or in another case, naming them', async () => {
    const reply = await ask({ method: 'POST', url: '/xapi/statements?StatementId=1&x=2', headers: json, payload: '[]' });
    expect([reply.statusCode, reply.json<{ detail: string }>().detail]).toEqual([400, expect.stringContaining('StatementId, x')]);
  });
});

describe('too much', () => {
  const post = (who: string, count: number) =>
    ask({
      method: 'POST',
      url: '/xapi/statements',
      headers: { ...json, authorization: basic(who, 's1') },
      payload: JSON.stringify(Array.from({ length: count }, () => statement)),
    });

  it('429 to a credential above its limit, with Retry-After, and to no other', async () => {
    for (const who of ['slow', 'rare', 'small']) {
      const replies = [await post(who, 2), await post(who, 2), await post(who, 2)];
      expect(replies[0]!.statusCode).toBe(200);
      const last = replies[2]!;
      expect([last.statusCode, last.headers['content-type']]).toEqual([429, 'application/problem+json; charset=utf-8']);
      expect(Number(last.headers['retry-after'])).toBeGreaterThan(0);
      expect(last.headers['x-experience-api-version']).toBe('1.0.3');
    }
    expect((await post('lms', 2)).statusCode).toBe(200);
  });

  it('503 with Retry-After to what is more than can be held at once; the rest is answered, and then there is room again', async () => {
    const narrow = fastify();
    const credentials = keysOf({
      lms: { secret: 's1', tenant: 't', scopes: ['all'] },
      other: { secret: 's1', tenant: 't', scopes: ['all'] },
    });
    await narrow.register((scope) => xapiRoutes(scope, { door: opened.door, credentials, bounds: { requests: 8, bytes: 1e9 } }), {
      prefix: '/xapi',
    });
    await narrow.listen({ port: 0 });
    const { port } = narrow.server.address() as AddressInfo;
    const send = async (who: string) => {
      const headers = { ...json, authorization: basic(who, 's1'), 'x-experience-api-version': '1.0.3' };
      const reply = await fetch(`http://127.0.0.1:${port}/xapi/statements`, { method: 'POST', headers, body: JSON.stringify(statement) });
      return { status: reply.status, retryAfter: reply.headers.get('retry-after'), body: await reply.text() };
    };
    const [many, other] = await Promise.all([Promise.all(Array.from({ length: 60 }, () => send('lms'))), send('other')]);
    expect([...new Set(many.map(({ status }) => status))].sort()).toEqual([200, 503]);
    for (const { status, retryAfter } of many) expect(retryAfter).toEqual(status === 503 ? expect.stringMatching(/^[1-9]/) : null);
    expect(other.status).toBe(200);
    expect((await send('lms')).status).toBe(200);
    await narrow.close();
  });
});

describe('encodings', () => {
  it('takes a body in gzip, bounds it unpacked, and refuses what is not gzip', async () => {
    const post = (payload: Buffer) =>
      ask({ method: 'POST', url: '/xapi/statements', headers: { ...json, 'content-encoding': 'gzip' }, payload });
    expect((await post(gzipSync(JSON.stringify([statement])))).statusCode).toBe(200);
    expect((await post(gzipSync(`["${'x'.repeat(100_000)}"]`))).statusCode).toBe(413);
    expect((await post(Buffer.from('[]'))).statusCode).toBe(400);
  });
});

describe('cross-origin requests', () => {
  it('answers a preflight of a configured origin without a credential, and names no other', async () => {
    const preflight = (origin: string) =>
      server.inject({
        method: 'OPTIONS',
        url: '/xapi/statements',
        headers: { origin, 'access-control-request-method': 'PUT', 'access-control-request-headers': 'x-experience-api-version' },
      });
    const allowed = await preflight('https://page.example');
    expect([allowed.statusCode, allowed.headers['access-control-allow-origin']]).toEqual([204, 'https://page.example']);
    expect(allowed.headers['access-control-allow-headers']).toContain('x-experience-api-version');
    expect((await preflight('https://other.example')).headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('1.3 Alternate request syntax', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const send = (query: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    server.inject({
      method: 'POST',
      url: `/xapi/statements?${query}`,
      headers: { ...form, ...headers },
      payload: new URLSearchParams(fields).toString(),
    });
  const common = { Authorization: authorization, 'X-Experience-API-Version': '1.0.3' };
  const statementId = '0b000000-0000-4000-8000-000000000001';

  it('does what the form means', async () => {
    const put = await send('method=PUT', {
      ...common,
      'Content-Type': 'application/json',
      statementId,
      content: JSON.stringify(statement),
    });
    expect([put.statusCode, put.headers['x-experience-api-version']]).toEqual([204, '1.0.3']);
    const got = await send('method=GET', { ...common, statementId });
    expect([got.statusCode, got.json<{ id: string }>().id]).toEqual([200, statementId]);
  });

  it('refuses other parameters in the query, an unknown method, a missing credential, and version 2.0', async () => {
    const replies = await Promise.all([
      send('method=GET&statementId=x', common),
      send('method=get', common),
      send('method=GET', { 'X-Experience-API-Version': '1.0.3', statementId }),
      send('method=GET', { ...common, 'X-Experience-API-Version': '2.0.0', statementId }),
      ask({ method: 'POST', url: '/xapi/statements', headers: form, payload: 'content=[]' }),
    ]);
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([400, 400, 401, 400, 400]);
  });

  it('refuses a form that means a write and brings no content', async () => {
    const replies = await Promise.all([
      send('method=PUT', { ...common, 'Content-Type': 'application/json', statementId }),
      send('method=POST', { ...common, 'Content-Type': 'application/json' }),
    ]);
    expect(replies.map(({ statusCode, json }) => [statusCode, json<{ detail: string }>().detail.includes('content')])).toEqual([
      [400, true],
      [400, true],
    ]);
  });
});
