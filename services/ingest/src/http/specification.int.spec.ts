import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestRecords } from '../testing/open-records.js';

/** Rules of xAPI 1.0.3 for a store that other tests do not show, each named by its section: D is part two, C part three. */
const ann = { mbox: 'mailto:ann.lee@example.org' };
const agent = JSON.stringify(ann);
const activityId = 'https://lms.example/quiz';
const json = { 'content-type': 'application/json' };
const statement = (more: object = {}) => ({ actor: ann, verb: { id: 'http://example.org/did' }, object: { id: activityId }, ...more });

let records: Awaited<ReturnType<typeof openTestRecords>>;
beforeAll(async () => {
  records = await openTestRecords();
}, 60_000);
afterAll(() => records.dispose());

type Method = 'GET' | 'PUT' | 'POST' | 'DELETE' | 'HEAD';
interface More {
  readonly payload?: string | Buffer;
  readonly headers?: Record<string, string>;
  readonly version?: string;
}
const at = (path: string, parameters: Record<string, string> = {}) => `/xapi/${path}?${new URLSearchParams(parameters).toString()}`;
const call = (method: Method, url: string, { payload, headers = {}, version = '1.0.3' }: More = {}) =>
  records.ask({ method, url, ...(payload !== undefined && { payload }), headers }, 'lms', version);
const post = (body: unknown, version?: string) => call('POST', at('statements'), { payload: JSON.stringify(body), headers: json, ...(version !== undefined && { version }) }); // prettier-ignore
const put = (id: string, body: unknown) =>
  call('PUT', at('statements', { statementId: id }), { payload: JSON.stringify(body), headers: json });
const get = async (id: string, more: Record<string, string> = {}, version = '1.0.3') =>
  (await call('GET', at('statements', { statementId: id, ...more }), { version })).json<Record<string, unknown>>();

/** Every resource with a query that it answers. */
const RESOURCES: readonly (readonly [string, Record<string, string>])[] = [
  ['statements', {}],
  ['activities/state', { activityId, agent }],
  ['activities/profile', { activityId }],
  ['agents/profile', { agent }],
  ['activities', { activityId }],
  ['agents', { agent }],
  ['about', {}],
];

describe('D 2.3 and 2.4: what the store sets and keeps', () => {
  it('2.3.1: a statement that comes back as it was answered is the same, and what is else is not', async () => {
    const [id] = (await post(statement())).json<string[]>();
    const answered = await get(id!);
    expect((await put(id!, answered)).statusCode).toBe(204);
    expect((await post(answered)).json()).toEqual([id]);
    expect((await put(id!, { ...answered, timestamp: '2020-01-01T00:00:00Z' })).statusCode).toBe(409);
    expect((await put(id!, { ...answered, result: { success: true } })).statusCode).toBe(409);
    expect(await get(id!)).toEqual(answered);
  });

  it('2.4.1: makes an id; 2.4.7: the timestamp is stored; 2.4.8: stored is its own; 2.4.9: an authority; 2.4.10: version 1.0.0', async () => {
    const [id] = (await post(statement({ stored: '1999-01-01T00:00:00Z', authority: { mbox: 'mailto:root@example.org' } }))).json<
      string[]
    >();
    const answered = await get(id!);
    expect(answered.timestamp).toBe(answered.stored);
    expect(String(answered.stored)).toMatch(/^2026-/);
    expect(answered.authority).toMatchObject({ objectType: 'Agent', account: { name: 'lms' } });
    expect(answered.version).toBe('1.0.0');
  });

  it('2.4.10: keeps the version that was sent', async () => {
    const [id] = (await post(statement({ version: '1.0.7' }))).json<string[]>();
    expect((await get(id!)).version).toBe('1.0.7');
    const [second] = (await post(statement(), '2.0.0')).json<string[]>();
    expect((await get(second!, {}, '2.0.0')).version).toBe('2.0.0');
  });

  it('2.4.6.2: context activities come back as lists, in sub-statements too', async () => {
    const context = { contextActivities: { parent: { id: activityId }, other: [{ id: activityId }] } };
    const inner = { objectType: 'SubStatement', ...statement({ context }) };
    const [id] = (await post(statement({ context, object: inner }))).json<string[]>();
    const lists = { contextActivities: { parent: [{ id: activityId }], other: [{ id: activityId }] } };
    expect(await get(id!)).toMatchObject({ context: lists, object: { context: lists } });
  });

  it('4.5: keeps more than milliseconds; 2.0: answers in UTC', async () => {
    const timestamp = '2021-11-29T23:09:00.867219+02:00';
    const [id] = (await post(statement({ timestamp }))).json<string[]>();
    expect((await get(id!)).timestamp).toBe(timestamp);
    expect((await get(id!, {}, '2.0.0')).timestamp).toBe('2021-11-29T21:09:00.867219Z');
    const listed = await call('GET', at('statements', { limit: '1' }), { version: '2.0.0' });
    expect(listed.json<{ statements: { timestamp: string }[] }>().statements[0]?.timestamp).toBe('2021-11-29T21:09:00.867219Z');
  });

  it('C 1.4: text of any language comes back as it was', async () => {
    const response = 'Ünïcödé 中文 🙂 \u0000 "quoted" \\ \u2028';
    const [id] = (await post(statement({ result: { response } }))).json<string[]>();
    expect(await get(id!)).toMatchObject({ result: { response } });
  });
});

describe('D 2.2: numbers and keys', () => {
  const raw = (text: string, url = at('statements'), method: Method = 'POST') => call(method, url, { payload: text, headers: json });
  const withNumbers = (numbers: string, more = '') =>
    `{${more}"actor":${agent},"verb":{"id":"http://example.org/did"},"object":{"id":"${activityId}"},"context":{"contextActivities":{"parent":{"id":"${activityId}","definition":{"extensions":{"http://e.org/n":12345678901234567890}}}}},"result":{"score":{"raw":${numbers}},"extensions":{"http://e.org/x":[1,{"y":${numbers}}],"http://e.org/z":1e999}}}`;

  it('numbers that a double does not hold come back as they were written, and mean the same when sent again', async () => {
    const literal = '0.1000000000000000055511151231257827';
    const [first, second] = (await raw(`[${withNumbers('1')},${withNumbers(literal)}]`)).json<string[]>();
    const third = randomUUID();
    expect((await raw(withNumbers(literal), at('statements', { statementId: third }), 'PUT')).statusCode).toBe(204);
    for (const id of [second!, third]) {
      const { payload } = await call('GET', at('statements', { statementId: id }));
      expect(payload.split(literal)).toHaveLength(3);
      expect(payload).toContain('12345678901234567890');
      expect(payload).toContain('1e999');
    }
    const listed = await call('GET', at('statements', { limit: '3' }));
    expect(listed.payload.split(literal)).toHaveLength(5);
    expect((await call('GET', at('statements', { statementId: first! }))).payload).toContain('"raw":1}');
    expect((await raw(withNumbers(literal, `"id":"${third}",`))).json()).toEqual([third]);
    expect(JSON.stringify(await records.facts())).not.toContain('12345678901234567890');
  });

  it('2.2.s2.b2: a key that comes twice in one object is refused with its place', async () => {
    const reply = await raw(withNumbers('1').replace('"verb"', '"actor":{"mbox":"mailto:bob@example.org"},"verb"'));
    expect([reply.statusCode, reply.json<{ detail: string }>().detail]).toEqual([
      400,
      expect.stringMatching(/twice.*: actor,.*position \d+/),
    ]);
    expect(reply.payload).not.toContain('bob@');
  });
});

describe('C 1.1: HEAD', () => {
  it.each(RESOURCES)('is answered by /%s as GET is, without a body', async (path, parameters) => {
    const [head, got] = [await call('HEAD', at(path, parameters)), await call('GET', at(path, parameters))];
    expect([head.statusCode, head.payload, head.headers['content-type']]).toEqual([200, '', got.headers['content-type']]);
    for (const name of ['etag', 'last-modified', 'x-experience-api-version']) expect(head.headers[name]).toEqual(got.headers[name]);
  });
});

describe('C 1.5.1: application/json', () => {
  const attachment = {
    usageType: 'http://example.org/use',
    display: { en: 'x' },
    contentType: 'text/plain',
    length: 3,
    sha2: 'a'.repeat(64),
  };
  it('takes attachments with a fileUrl, and refuses those without', async () => {
    const withUrl = statement({ attachments: [{ ...attachment, fileUrl: 'https://files.example/a' }] });
    expect((await post([withUrl, withUrl])).statusCode).toBe(200);
    const refused = await post([withUrl, statement({ attachments: [attachment] })]);
    expect([refused.statusCode, refused.json<{ errors: { path: string }[] }>().errors[0]?.path]).toEqual([400, '[1].attachments[0]']);
  });
});

describe('C 2.1: statements', () => {
  it('2.1.1: PUT needs statementId and one statement of that id', async () => {
    const id = randomUUID();
    const replies = [
      await call('PUT', at('statements'), { payload: JSON.stringify(statement()), headers: json }),
      await put(id, statement({ id: randomUUID() })),
      await put(id, [statement()]),
      await put('x', statement()),
      await put(id, 'text'),
      await call('PUT', at('statements', { statementId: id }), { headers: json }),
    ];
    expect(replies.map(({ statusCode }) => statusCode)).toEqual(replies.map(() => 400));
    expect((await put(id.toUpperCase(), statement({ id }))).statusCode).toBe(204);
  });

  it('2.1.2: POST answers the ids in the order of the statements; a batch with one that is bad or twice there stores none', async () => {
    const ids = [randomUUID(), randomUUID(), randomUUID()];
    expect((await post(ids.map((id) => statement({ id })))).json()).toEqual(ids);
    const fresh = randomUUID();
    for (const bad of [statement({ verb: {} }), statement({ id: fresh })]) {
      expect((await post([statement({ id: fresh }), bad])).statusCode).toBe(400);
      expect((await call('GET', at('statements', { statementId: fresh }))).statusCode).toBe(404);
    }
    expect((await post([statement({ id: fresh }), statement({ id: ids[0], result: { success: true } })])).statusCode).toBe(409);
    expect((await call('GET', at('statements', { statementId: fresh }))).statusCode).toBe(404);
  });

  it('2.1.3.s2: one id stands alone, but for attachments and format', async () => {
    const id = randomUUID();
    await put(id, statement());
    const others = { agent, verb: 'http://example.org/did', activity: activityId, registration: id, related_activities: 'true', related_agents: 'true', since: '2020-01-01T00:00:00Z', until: '2030-01-01T00:00:00Z', limit: '1', ascending: 'true' }; // prettier-ignore
    for (const which of ['statementId', 'voidedStatementId'])
      for (const [name, value] of Object.entries(others))
        expect((await call('GET', at('statements', { [which]: id, [name]: value }))).statusCode).toBe(400);
    expect((await call('GET', at('statements', { statementId: id, format: 'ids', attachments: 'false' }))).statusCode).toBe(200);
  });

  it('2.1.3.s2.b4: nothing found is an empty list; b5: every answer says what it is consistent through; b8: Last-Modified is stored', async () => {
    const none = await call('GET', at('statements', { verb: 'http://example.org/never' }));
    expect(none.json()).toEqual({ statements: [], more: '' });
    const id = randomUUID();
    const replies = [await put(id, statement()), await post([]), none, await call('GET', at('statements', { x: '1' })), await call('GET', at('statements', { statementId: randomUUID() }))]; // prettier-ignore
    for (const { headers } of replies) expect(String(headers['x-experience-api-consistent-through'])).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    const got = await call('GET', at('statements', { statementId: id }));
    expect(got.headers['last-modified']).toBe(new Date(got.json<{ stored: string }>().stored).toUTCString());
  });
});

describe('C 2.2 to 2.8: documents, activities, agents, about', () => {
  it('2.2.s4.b2: takes documents of activities and agents that it has not heard of; 2.2.s6: Last-Modified of the newest', async () => {
    const somebody = JSON.stringify({ account: { homePage: 'https://new.example', name: 'new' } });
    const parameters = { activityId: 'https://new.example/unheard', agent: somebody };
    expect((await call('PUT', at('activities/state', { ...parameters, stateId: 'a' }), { payload: 'x' })).statusCode).toBe(204);
    const list = await call('GET', at('activities/state', parameters));
    const one = await call('GET', at('activities/state', { ...parameters, stateId: 'a' }));
    expect([list.json(), list.headers['last-modified']]).toEqual([['a'], one.headers['last-modified']]);
  });

  it.each(['activities/state', 'agents/profile', 'agents'])(
    '2.3, 2.4, 2.6: the agent of /%s is an agent, with one identifier',
    async (path) => {
      const own = path === 'activities/state' ? { activityId } : {};
      for (const other of [{ objectType: 'Group', ...ann }, { objectType: 'Group', member: [ann] }, { name: 'Ann' }, { ...ann, openid: 'http://a.b/' }, [ann], 'ann'])
      expect((await call('GET', at(path, { ...own, agent: JSON.stringify(other) }))).statusCode).toBe(400); // prettier-ignore
    },
  );

  it.each([['activities', { activityId }], ['agents', { agent }], ['activities/profile', { activityId }], ['agents/profile', { agent }], ['activities/state', { activityId, agent }]] as const)(
    '3.1.s4: GET /%s bears the SHA-1 of what it sends, in quotes',
    async (path, parameters) => {
      const got = await call('GET', at(path, parameters), { headers: { 'accept-encoding': 'gzip' } });
      expect(got.headers.etag).toBe(`"${createHash('sha1').update(got.rawPayload).digest('hex')}"`);
      expect((await call('GET', at(path, parameters), { headers: { 'if-none-match': String(got.headers.etag) } })).statusCode).toBe(304);
    },
  ); // prettier-ignore

  it('2.8: about has version and extensions and no more', async () => {
    expect(Object.keys((await call('GET', '/xapi/about')).json<object>())).toEqual(['version', 'extensions']);
  });
});

describe('C 3.2: error codes', () => {
  it.each(RESOURCES)('b7, b8: /%s refuses parameters that it does not know, and names in another case', async (path, parameters) => {
    const names = Object.keys(parameters);
    const wrong = [{ ...parameters, foo: 'bar' }, ...names.map((name) => ({ ...parameters, [name.toUpperCase()]: parameters[name]! }))];
    for (const query of wrong) {
      const reply = await call('GET', at(path, query));
      expect([reply.statusCode, reply.headers['content-type']]).toEqual([400, expect.stringContaining('application/problem+json')]);
    }
  });

  it('b6: refuses content that is not what its type says', async () => {
    const body = JSON.stringify(statement());
    for (const type of ['text/plain', 'multipart/mixed; boundary=x', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded', 'application/xml'])
      expect((await call('POST', at('statements'), { payload: body, headers: { 'content-type': type } })).statusCode).toBe(400); // prettier-ignore
    expect((await call('POST', at('statements'), { payload: '--x\r\n\r\n--x--', headers: json })).statusCode).toBe(400);
  });
});

describe('many at once', () => {
  it('of 100 that put other content under one id, one is told 204 and the rest 409', async () => {
    const id = randomUUID();
    const replies = await Promise.all(Array.from({ length: 100 }, (_, n) => put(id, statement({ result: { score: { raw: n } } }))));
    const taken = replies.flatMap(({ statusCode }, n) => (statusCode === 204 ? [n] : []));
    expect(taken).toHaveLength(1);
    expect(replies.filter(({ statusCode }) => statusCode === 409)).toHaveLength(99);
    expect(await get(id)).toMatchObject({ result: { score: { raw: taken[0] } } });
  });

  it('of 100 that put the same content under one id, all are told 204, and it is there once', async () => {
    const [id, verb] = [randomUUID(), { id: `http://example.org/${randomUUID()}` }];
    const replies = await Promise.all(Array.from({ length: 100 }, () => put(id, statement({ verb }))));
    expect(new Set(replies.map(({ statusCode }) => statusCode))).toEqual(new Set([204]));
    expect((await call('GET', at('statements', { verb: verb.id }))).json<{ statements: unknown[] }>().statements).toHaveLength(1);
  });
});
