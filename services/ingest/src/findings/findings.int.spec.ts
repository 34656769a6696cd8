import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type FindingSeen } from '@pharos/registry';
import fastify, { type FastifyInstance } from 'fastify';
import { xapiRoutes } from '../http/xapi-routes.js';
import { basic, keysOf } from '../testing/credentials.js';
import { openTestDoor } from '../testing/open-door.js';
import { Findings } from './findings.js';

const statement = {
  id: '6b1e1c6a-93bd-4bd7-ba4c-8a9f9d3f5d11',
  actor: { objectType: 'Agent', account: { homePage: 'https://sis.example', name: 'ann.lee' } },
  verb: { id: 'http://adlnet.gov/expapi/verbs/experienced', display: { en: 'experienced' } },
  object: { objectType: 'Activity', id: 'https://lms.example/pages/1' },
};
let opened: Awaited<ReturnType<typeof openTestDoor>>;
let server: FastifyInstance;
let findings: Findings;
let written: { readonly tenant: string; readonly seen: readonly FindingSeen[] }[];
let away = false;

beforeAll(async () => {
  opened = await openTestDoor();
  const { vault } = opened.door;
  const store = (tenant: string) => ({
    add: (seen: readonly FindingSeen[]) => {
      if (away) return Promise.reject(new Error('the registry is away'));
      written.push({ tenant, seen });
      return Promise.resolve();
    },
  });
  findings = new Findings({ store, vault, now: () => new Date(0), onError: () => undefined, everyMs: 3_600_000 });
  server = fastify();
  const credentials = keysOf({
    lms: { secret: 's', tenant: 't', scopes: ['all'], settings: { lenient: true } },
    linted: { secret: 's', tenant: 't', scopes: ['all'], settings: { lint: true } },
    reader: { secret: 's', tenant: 't', scopes: ['statements/read'] },
  });
  await server.register((scope) => xapiRoutes(scope, { door: opened.door, credentials, findings }), { prefix: '/xapi' });
  await server.ready();
});
beforeEach(() => {
  written = [];
});
afterAll(async () => {
  await findings.close();
  await server.close();
  await opened.dispose();
});

const post = async (who: string, body: unknown, headers: Record<string, string> = {}) => {
  const authorization = basic(who, 's');
  const payload = typeof body === 'string' ? body : JSON.stringify(body);
  const reply = await server.inject({
    method: 'POST',
    url: '/xapi/statements',
    headers: { authorization, 'x-experience-api-version': '1.0.3', 'content-type': 'application/json', ...headers },
    payload,
  });
  // Counted once the answer is sent, which the test would overtake.
  await new Promise((resolve) => setImmediate(resolve));
  await findings.flush();
  return reply.statusCode;
};
const seen = () => written.flatMap((one) => one.seen);
const { verb: _verb, ...withoutVerb } = statement;

describe('what a platform gets wrong', () => {
  it('is counted by cause whatever the place in the batch, with a sealed example', async () => {
    expect(await post('lms', [statement, withoutVerb, { ...withoutVerb, id: undefined }])).toBe(400);
    expect(seen()).toMatchObject([{ credential: 'lms', kind: 'refused', status: 400, path: 'verb', message: 'is required', count: 2 }]);
    const { example } = seen()[0]!;
    expect(example).not.toContain('ann.lee');
    expect(JSON.parse(await opened.door.vault.unsealForTenant('t', example!))).toMatchObject({ actor: statement.actor });
  });

  it('is counted too where a lenient batch sets it aside, and nothing else of the batch', async () => {
    expect(await post('lms', [statement, withoutVerb], { prefer: 'handling=lenient' })).toBe(200);
    expect(seen()).toMatchObject([{ kind: 'refused', path: 'verb', count: 1 }]);
  });

  it('is told in the words of the answer where no statement is to blame', async () => {
    expect(await post('reader', [statement])).toBe(403);
    expect(await post('lms', 'no json')).toBe(400);
    expect(seen()).toMatchObject([
      { credential: 'reader', status: 403, path: '', message: expect.stringContaining('statements/write') },
      { credential: 'lms', status: 400, path: '', message: expect.stringContaining('not JSON') },
    ]);
  });

  it('is advice where the credential is linted and the statement is stored', async () => {
    const { display: _display, ...plain } = statement.verb;
    const sloppy = { ...statement, id: 'f3b7a1d6-1f0e-4c11-8d6c-2f8a0c4d5e6f', verb: plain };
    expect(await post('lms', sloppy)).toBe(200);
    expect(seen()).toEqual([]);
    expect(await post('linted', { ...sloppy, id: 'f3b7a1d6-1f0e-4c11-8d6c-2f8a0c4d5e70' })).toBe(200);
    expect(seen()).toMatchObject([{ credential: 'linted', kind: 'advice', status: null, path: 'verb.display', count: 1 }]);
  });

  it('is kept while it cannot be written, and counted once', async () => {
    away = true;
    await post('lms', [withoutVerb]);
    await post('lms', [withoutVerb]);
    away = false;
    expect(seen()).toEqual([]);
    await findings.flush();
    await findings.flush();
    expect(seen()).toMatchObject([{ path: 'verb', count: 2 }]);
  });
});
