import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Attachment, type ContextActivities, type Statement, toldIn } from '@pharos/xapi';
import { BROKEN, BROKEN_IN_1_0_3, BROKEN_IN_2_0_0, BROKEN_WHOLE, statements } from '@pharos/xapi/testing';
import fastify, { type FastifyInstance } from 'fastify';
import fc from 'fast-check';
import { basic, keysOf } from '../testing/credentials.js';
import { openTestDoor } from '../testing/open-door.js';
import { xapiRoutes } from './xapi-routes.js';

/** What the specification promises of any statement, over HTTP: in and out as it was, or refused with the place to blame. */
let opened: Awaited<ReturnType<typeof openTestDoor>>;
let server: FastifyInstance;
let address: string;
beforeAll(async () => {
  opened = await openTestDoor();
  server = fastify();
  const credentials = keysOf({ lms: { secret: 's', tenant: 't', scopes: ['all'] } });
  await server.register((scope) => xapiRoutes(scope, { door: opened.door, credentials }), { prefix: '/xapi' });
  address = `${await server.listen({ host: '127.0.0.1', port: 0 })}/xapi/statements`;
});
afterAll(async () => {
  await server.close();
  await opened.dispose();
});

const ask = (version: string, init: RequestInit & { readonly query?: string } = {}) =>
  fetch(`${address}${init.query ?? ''}`, {
    ...init,
    headers: { authorization: basic('lms', 's'), 'x-experience-api-version': version, 'content-type': 'application/json' },
  });

const WAYS = ['PUT', 'POST', 'POST of a list'] as const;
const DID = { id: 'http://example.org/did' };
const ADDRESS = 'https://files.example/a';

/** As it can be sent by itself: contents of attachments lie at addresses, and no example takes back another. */
function alone(statement: Statement): Statement {
  const withUrls = (attachments: readonly Attachment[] | undefined) =>
    attachments && { attachments: attachments.map((each) => ({ fileUrl: ADDRESS, ...each })) };
  const { object } = statement;
  const inner = object.objectType === 'SubStatement' ? { object: { ...object, ...withUrls(object.attachments) } } : {};
  return JSON.parse(
    JSON.stringify({ ...statement, ...withUrls(statement.attachments), ...inner, verb: { ...statement.verb } }),
  ) as Statement;
}

/** What the store sets itself is left out, and single context activities are lists, as the specification has them read. */
function asRead({ authority: _authority, stored: _stored, version: _version, timestamp, ...rest }: Statement, sent: Statement): unknown {
  const kept = sent.timestamp === undefined ? rest : { ...rest, timestamp };
  return JSON.parse(JSON.stringify(kept), (key, value: unknown) =>
    key === 'contextActivities'
      ? Object.fromEntries(Object.entries(value as ContextActivities).map(([kind, listed]) => [kind, [listed].flat()]))
      : value,
  );
}

async function send(version: string, way: (typeof WAYS)[number], statement: unknown, id: string): Promise<Response> {
  if (way === 'PUT') return ask(version, { method: 'PUT', query: `?statementId=${id}`, body: JSON.stringify(statement) });
  return ask(version, { method: 'POST', body: JSON.stringify(way === 'POST' ? statement : [statement]) });
}

describe.each(['1.0.3', '2.0.0'] as const)('any valid statement of %s', (version) => {
  it('comes out over HTTP as it went in, whichever way it was sent, and is known when it comes again', async () => {
    const property = fc.asyncProperty(statements(version), fc.constantFrom(...WAYS), async (made, way) => {
      const id = randomUUID();
      const sent = { ...alone(made), id };
      const taken = await send(version, way, sent, id);
      expect([taken.status, await taken.text()]).toEqual(way === 'PUT' ? [204, ''] : [200, JSON.stringify([id])]);
      const got = await ask(version, { query: `?statementId=${id}` });
      expect(got.status).toBe(200);
      const read = (await got.json()) as Statement;
      // 2.0 tells moments in UTC.
      expect(asRead(read, sent)).toEqual(asRead(toldIn(version, sent), sent));
      expect((await send(version, way, read, id)).status).toBe(way === 'PUT' ? 204 : 200);
    });
    await fc.assert(property, { numRuns: 60, endOnFailure: true });
  }, 60_000);

  const rules = [...BROKEN, ...BROKEN_WHOLE, ...(version === '2.0.0' ? BROKEN_IN_2_0_0 : BROKEN_IN_1_0_3)];

  it('with any one rule broken is refused with the place, and nothing of its batch is stored', async () => {
    const property = fc.asyncProperty(statements(version), fc.constantFrom(...rules), fc.boolean(), async (made, broken, listed) => {
      const { context, ...rest } = alone(made);
      const kept = 'object' in broken.change || context === undefined ? rest : { ...rest, context };
      const bad = { ...kept, verb: DID, object: { id: 'http://example.org/activity' }, ...broken.change };
      const good = { ...alone(made), id: randomUUID(), verb: DID };
      const refused = await ask(version, { method: 'POST', body: JSON.stringify(listed ? [good, bad] : bad) });
      const { errors } = (await refused.json()) as { errors?: readonly { path: string }[] };
      expect([refused.status, errors?.map(({ path }) => path)]).toEqual([400, [`${listed ? '[1].' : ''}${broken.path}`]]);
      expect((await ask(version, { query: `?statementId=${good.id}` })).status).toBe(404);
    });
    await fc.assert(property, { numRuns: 150, endOnFailure: true });
  }, 60_000);
});
