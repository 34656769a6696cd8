import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestRecords } from '../testing/open-records.js';

/** xAPI 1.0.3, part three, 2.2 to 2.7 and 3.1: documents, and what may be asked about activities and agents. */
const agent = JSON.stringify({ account: { homePage: 'https://sis.example', name: 'ann.lee.1' } });
const activityId = 'https://lms.example/quiz';
const registration = '0d000000-0000-4000-8000-000000000001';
const json = { 'content-type': 'application/json' };
let records: Awaited<ReturnType<typeof openTestRecords>>;
beforeAll(async () => {
  records = await openTestRecords();
}, 60_000);
afterAll(() => records.dispose());

type Method = 'GET' | 'PUT' | 'POST' | 'DELETE' | 'HEAD';
interface More {
  readonly payload?: string | Buffer;
  readonly headers?: Record<string, string>;
  readonly who?: string;
  readonly version?: string;
}
const at = (path: string, parameters: Record<string, string>) => `/xapi/${path}?${new URLSearchParams(parameters).toString()}`;
const call = (method: Method, url: string, { payload, headers = {}, who = 'lms', version = '1.0.3' }: More = {}) =>
  records.ask({ method, url, ...(payload !== undefined && { payload }), headers }, who, version);

const KINDS = [
  ['activities/state', 'stateId', { activityId, agent }],
  ['activities/profile', 'profileId', { activityId }],
  ['agents/profile', 'profileId', { agent }],
] as const;

describe.each(KINDS)('%s', (path, id, context) => {
  const url = (name: string, more: Record<string, string> = {}) => at(path, { ...context, [id]: name, ...more });

  it('2.2 keeps any bytes and type under an id of any characters, with ETag and Last-Modified', async () => {
    const name = 'a/b?c=ü&"💡"\n ';
    const content = Buffer.from([0, 255, 10, 13, 128]);
    expect((await call('PUT', url(name), { payload: content, headers: { 'content-type': 'image/x-odd; q="1"' } })).statusCode).toBe(204);
    const got = await call('GET', url(name));
    expect([got.statusCode, got.headers['content-type'], got.rawPayload]).toEqual([200, 'image/x-odd; q="1"', content]);
    // Expected: sha1sum of the five bytes.
    expect(got.headers.etag).toBe('"17951fa2200c2c58cb55c1ecf1871ad9bb9806b0"');
    expect(Date.parse(String(got.headers['last-modified']))).not.toBeNaN();
    const head = await call('HEAD', url(name));
    expect([head.statusCode, head.payload, head.headers.etag]).toEqual([200, '', got.headers.etag]);
    expect((await call('GET', url(name), { headers: { 'if-none-match': String(got.headers.etag) } })).statusCode).toBe(304);
    expect((await call('GET', url(name), { who: 'other' })).statusCode).toBe(404);
    expect((await call('DELETE', url(name))).statusCode).toBe(204);
    expect((await call('GET', url(name))).statusCode).toBe(404);
  });

  it('2.2 POST merges JSON objects at the top, and refuses everything else without a change', async () => {
    const post = (payload: string, headers: Record<string, string> = json) => call('POST', url('merged'), { payload, headers });
    expect((await post('{"x":"foo","y":{"deep":1}}')).statusCode).toBe(204);
    expect((await post('{"x":"bash","z":[1],"y":{"other":2}}')).statusCode).toBe(204);
    const merged = { x: 'bash', y: { other: 2 }, z: [1] };
    expect((await call('GET', url('merged'))).json()).toEqual(merged);
    const refused = [await post('[1]'), await post('{"x":'), await post('x=1', { 'content-type': 'text/plain' }), await post('null')];
    expect(refused.map(({ statusCode }) => statusCode)).toEqual([400, 400, 400, 400]);
    expect((await call('GET', url('merged'))).json()).toEqual(merged);
    expect((await call('PUT', url('text'), { payload: 'plain', headers: { 'content-type': 'text/plain' } })).statusCode).toBe(204);
    expect((await call('POST', url('text'), { payload: '{"a":1}', headers: json })).statusCode).toBe(400);
  });

  it('3.1 holds If-Match and If-None-Match, and says 409 with advice where one of them is needed', async () => {
    const put = (payload: string, headers: Record<string, string>, version = '1.0.3') =>
      call('PUT', url('guarded'), { payload, headers: { ...json, ...headers }, version });
    expect((await put('{"n":1}', { 'if-none-match': '*' })).statusCode).toBe(204);
    expect((await put('{"n":2}', { 'if-none-match': '*' })).statusCode).toBe(412);
    expect((await put('{"n":2}', { 'if-match': '"0000000000000000000000000000000000000000"' })).statusCode).toBe(412);
    const etag = String((await call('GET', url('guarded'))).headers.etag);
    expect((await put('{"n":2}', { 'if-match': etag })).statusCode).toBe(204);
    expect((await put('{"n":3}', { 'if-match': etag })).statusCode).toBe(412);
    const bare = await put('{"n":2}', {});
    if (path === 'activities/state') expect(bare.statusCode).toBe(204);
    else expect([bare.statusCode, bare.json<{ detail: string }>().detail]).toEqual([409, expect.stringMatching(/GET.*If-Match/)]);
    expect((await put('{"n":9}', {}, '2.0.0')).statusCode).toBe(409);
    for (const method of ['POST', 'DELETE'] as const) {
      expect((await call(method, url('guarded'), { payload: '{}', headers: { ...json, 'if-match': '"x"' } })).statusCode).toBe(412);
    }
    expect((await call('GET', url('guarded'))).json()).toEqual({ n: 2 });
  });

  it('lists ids, those changed since a moment where one is given', async () => {
    await call('PUT', url('first'), { payload: 'x', headers: { 'content-type': 'text/plain' } });
    const before = await call('GET', at(path, context));
    expect(before.json<string[]>()).toEqual(expect.arrayContaining(['first', 'merged']));
    const since = new Date(Date.UTC(2026, 0, 1, 1)).toISOString();
    expect((await call('GET', at(path, { ...context, since }))).json()).toEqual([]);
    expect((await call('GET', at(path, { ...context, since: '2026-01-01T00:00:00Z' }))).json<string[]>()).toContain('first');
  });

  it('loses no update when many change the same document at once', async () => {
    await call('PUT', url('race'), { payload: '{"n":0}', headers: { ...json, 'if-none-match': '*' } });
    const add = async (): Promise<number> => {
      for (let tries = 1; ; tries++) {
        const got = await call('GET', url('race'));
        const { n } = got.json<{ n: number }>();
        const headers = { ...json, 'if-match': String(got.headers.etag) };
        const put = await call('PUT', url('race'), { payload: JSON.stringify({ n: n + 1 }), headers });
        if (put.statusCode === 204) return tries;
        expect(put.statusCode).toBe(412);
      }
    };
    await Promise.all(Array.from({ length: 8 }, add));
    expect((await call('GET', url('race'))).json()).toEqual({ n: 8 });
    await Promise.all(Array.from({ length: 10 }, (_, i) => call('POST', url('race'), { payload: `{"k${i}":${i}}`, headers: json })));
    expect(Object.keys((await call('GET', url('race'))).json<object>())).toHaveLength(11);
  });

  it('400 for what is missing, unknown or no agent', async () => {
    const replies = await Promise.all([
      call('PUT', at(path, context), { payload: 'x' }),
      call('GET', at(path, { [id]: 'x' })),
      call('GET', at(path, { ...context, [id.toUpperCase()]: 'x' })),
      call('GET', at(path, { ...context, since: 'yesterday' })),
      call('PUT', url('bad'), { payload: '{', headers: json }),
      ...('agent' in context
        ? [call('GET', at(path, { ...context, agent: '{"mbox":"ann"}' })), call('GET', at(path, { ...context, agent: 'ann' }))]
        : []),
      ...('activityId' in context ? [call('GET', at(path, { ...context, activityId: 'quiz' }))] : []),
    ]);
    expect(replies.map(({ statusCode }) => statusCode)).toEqual(replies.map(() => 400));
    expect((await call('GET', url('first'), { who: 'reader' })).statusCode).toBe(403);
    expect((await call('PATCH' as Method, url('first'))).statusCode).toBe(405);
  });
});

describe('2.3 State', () => {
  const url = (more: Record<string, string>) => at('activities/state', { activityId, agent, ...more });

  it('keeps documents of a registration apart, and lists and deletes all where none is named', async () => {
    await call('DELETE', url({}));
    await call('PUT', url({ stateId: 's' }), { payload: 'without' });
    await call('PUT', url({ stateId: 's', registration }), { payload: 'with' });
    await call('PUT', url({ stateId: 'other', registration: registration.toUpperCase() }), { payload: 'x' });
    expect((await call('GET', url({ stateId: 's' }))).payload).toBe('without');
    expect((await call('GET', url({ stateId: 's', registration }))).payload).toBe('with');
    expect((await call('GET', url({ registration }))).json<string[]>().sort()).toEqual(['other', 's']);
    expect((await call('DELETE', url({ registration }))).statusCode).toBe(204);
    expect((await call('GET', url({}))).json()).toEqual(['s']);
    expect((await call('DELETE', url({}))).statusCode).toBe(204);
    expect((await call('GET', url({}))).json()).toEqual([]);
    expect((await call('GET', url({ stateId: 's', registration: 'x' }))).statusCode).toBe(400);
  });

  it('holds no identity in the registry, and an erasure makes what was kept unreadable', async () => {
    await call('PUT', url({ stateId: 'notes of Ann Lee' }), { payload: 'ann.lee.1 was ill', headers: { 'content-type': 'text/plain' } });
    const token = (await records.vault.find('t', 'account:https://sis.example|ann.lee.1'))!;
    await records.vault.erase('t', token);
    expect((await call('GET', url({}))).json()).toEqual([]);
    expect((await call('GET', url({ stateId: 'notes of Ann Lee' }))).statusCode).toBe(404);
    await records.registry.registry.tenant('t').documents.eraseLearner(token);
  });
});

describe('2.5 Activities and 2.4 Agents', () => {
  const statement = (definition: object) => ({
    actor: { account: { homePage: 'https://sis.example', name: 'bob.ray.1' }, name: 'Bob Ray' },
    verb: { id: 'http://example.org/did' },
    object: { id: 'https://lms.example/defined', definition },
  });

  it('merges what was said of an activity, and answers for an unknown one', async () => {
    for (const definition of [
      { name: { en: 'Quiz' }, type: 'http://example.org/a' },
      { name: { de: 'Test' }, type: 'http://example.org/b' },
    ]) {
      const reply = await call('POST', '/xapi/statements', { payload: JSON.stringify(statement(definition)), headers: json });
      expect(reply.statusCode).toBe(200);
    }
    const asked = await call('GET', at('activities', { activityId: 'https://lms.example/defined' }));
    expect(asked.json()).toEqual({ objectType: 'Activity', id: 'https://lms.example/defined', definition: { name: { en: 'Quiz', de: 'Test' }, type: 'http://example.org/b' } }); // prettier-ignore
    const unknown = await call('GET', at('activities', { activityId: 'https://lms.example/nowhere' }));
    expect(unknown.json()).toEqual({ objectType: 'Activity', id: 'https://lms.example/nowhere' });
    expect((await call('GET', '/xapi/activities')).statusCode).toBe(400);
  });

  it('4.2: what a sender without the scope define says of an activity stands in its statement alone', async () => {
    const sent = { ...statement({ name: { fr: 'Autre chose' } }), id: randomUUID() };
    const reply = await records.ask({ method: 'POST', url: '/xapi/statements', payload: JSON.stringify(sent), headers: json }, 'mine');
    expect(reply.statusCode).toBe(200);
    const told = async () => (await call('GET', at('activities', { activityId: 'https://lms.example/defined' }))).payload;
    expect(await told()).not.toContain('Autre');
    await records.fold();
    expect(await told()).not.toContain('Autre');
    expect((await call('GET', at('statements', { statementId: sent.id }))).payload).toContain('Autre chose');
  });

  it('what is sealed of a definition is told to those who may see it, and the rest to everybody', async () => {
    const activityId = 'https://lms.example/with-extensions';
    const definition = {
      name: { en: 'Trip with Bob Ray', es: 'Excursión' },
      type: 'http://example.org/a',
      extensions: { 'http://example.org/rooms': ['a', null] },
    };
    const said = { ...statement(definition), object: { id: activityId, definition } };
    expect((await call('POST', '/xapi/statements', { payload: JSON.stringify(said), headers: json })).statusCode).toBe(200);
    const ofActivity = async (who?: string) =>
      (await call('GET', at('activities', { activityId }), who === undefined ? {} : { who })).json<{ definition: object }>().definition;
    for (let round = 0; round < 2; round++) {
      // At first from the log itself, then from the tables.
      expect(await ofActivity()).toEqual(definition);
      expect(await ofActivity('reader')).toEqual({ name: { es: 'Excursión' }, type: 'http://example.org/a', extensions: {} });
      await records.fold();
    }
  });

  it('asking for documents of somebody who was never heard of, or deleting them, leaves nothing in the vault', async () => {
    const mbox = 'mailto:never.heard.of@example.org';
    const of = { agent: JSON.stringify({ mbox }) };
    const state = { ...of, activityId };
    const replies = [
      await call('GET', at('activities/state', state)),
      await call('GET', at('activities/state', { ...state, stateId: 'a' })),
      await call('HEAD', at('agents/profile', { ...of, profileId: 'a' })),
      await call('DELETE', at('activities/state', state)),
      await call('DELETE', at('agents/profile', { ...of, profileId: 'a' })),
    ];
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([200, 404, 404, 204, 204]);
    expect(replies[0]!.json()).toEqual([]);
    expect(await records.vault.find('t', mbox)).toBeUndefined();
    expect((await call('PUT', at('activities/state', { ...state, stateId: 'a' }), { payload: 'x' })).statusCode).toBe(204);
    expect((await call('GET', at('activities/state', state))).json()).toEqual(['a']);
  });

  it('a person has all names and identifiers for those who may know, and what was asked with for others', async () => {
    const bob = { account: { homePage: 'https://sis.example', name: 'bob.ray.1' } };
    const url = at('agents', { agent: JSON.stringify(bob) });
    expect((await call('GET', url)).json()).toEqual({ objectType: 'Person', name: ['Bob Ray'], account: [bob.account] });
    expect((await call('GET', url, { who: 'reader' })).json()).toEqual({ objectType: 'Person', account: [bob.account] });
    expect((await call('GET', at('agents', { agent: '{"mbox":"mailto:new@example.org","name":"New"}' }))).json()).toEqual({
      objectType: 'Person',
      name: ['New'],
      mbox: ['mailto:new@example.org'],
    });
    expect((await call('GET', '/xapi/agents')).statusCode).toBe(400);
  });
});
