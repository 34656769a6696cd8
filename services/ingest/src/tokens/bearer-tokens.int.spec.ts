import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startOidcProvider, type TestProvider } from '@pharos/runtime/oidc-for-tests';
import fastify, { type FastifyInstance } from 'fastify';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { xapiRoutes } from '../http/xapi-routes.js';
import { basic, keysOf } from '../testing/credentials.js';
import { openTestDoor } from '../testing/open-door.js';
import { type BearerTokens, createBearerTokens } from './bearer-tokens.js';

/** Tokens of a real provider of OpenID Connect (npm oidc-provider), by the grant that services use (RFC 6749, 4.4). */
const AUDIENCE = 'https://pharos.example/xapi';
const CLIENT = { id: 'course-player', secret: 'a-secret-of-the-test' };
const statement = {
  actor: { account: { homePage: 'https://sis.example', name: 'ann.lee' } },
  verb: { id: 'http://example.org/did' },
  object: { id: 'https://lms.example/1' },
};

let provider: TestProvider;
let issuer: string;
let opened: Awaited<ReturnType<typeof openTestDoor>>;
let server: FastifyInstance;
const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });

async function tokenFor(scope: string, resource = AUDIENCE): Promise<string> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', scope, resource });
  const reply = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization: basic(CLIENT.id, CLIENT.secret) },
    body,
  });
  const { access_token } = (await reply.json()) as { access_token: string };
  return access_token;
}

const serve = async (tokens: BearerTokens) => {
  const made = fastify();
  await made.register((scope) => xapiRoutes(scope, { door: opened.door, credentials: keysOf({}), tokens }), { prefix: '/xapi' });
  return made;
};
const post = (token: string, to = server) =>
  to.inject({
    method: 'POST',
    url: '/xapi/statements',
    headers: { authorization: `Bearer ${token}`, 'x-experience-api-version': '1.0.3', 'content-type': 'application/json' },
    payload: JSON.stringify(statement),
  });

beforeAll(async () => {
  // It says at length that its memory is not for production.
  for (const level of ['warn', 'info'] as const) jest.spyOn(console, level).mockImplementation(() => undefined);
  provider = await startOidcProvider({ client: CLIENT, scope: 'statements/write statements/read/mine xapi:state admin', privateKey });
  issuer = provider.issuer;
  opened = await openTestDoor();
  server = await serve(createBearerTokens([{ issuer, audience: AUDIENCE, tenant: 't' }]));
}, 60_000);
afterAll(async () => {
  await server.close();
  await opened.dispose();
  await provider.close();
});

describe('a bearer token', () => {
  it('lets an application do what its scopes grant, as the sender and authority of what it sends', async () => {
    const token = await tokenFor('statements/write statements/read/mine');
    const sent = await post(token);
    expect(sent.statusCode).toBe(200);
    const [id] = sent.json<string[]>();
    const headers = { authorization: `bearer ${token}`, 'x-experience-api-version': '1.0.3' };
    const got = await server.inject({ url: `/xapi/statements?statementId=${id}`, headers });
    expect(got.json()).toMatchObject({ ...statement, authority: { account: { name: `course-player@${issuer}` } } });
    expect((await post(await tokenFor('statements/read/mine'))).statusCode).toBe(403);
    expect((await post(await tokenFor('admin'))).statusCode).toBe(403);
  });

  it('grants what the configuration says that its scopes mean', async () => {
    const tokens = createBearerTokens([
      { issuer, audience: AUDIENCE, tenant: 'u', scopes: { 'xapi:state': ['state', 'statements/write'] } },
    ]);
    const answer = await tokens.verify(await tokenFor('xapi:state statements/read/mine'));
    expect(answer).toMatchObject({ ok: true, credential: { tenant: 'u', name: 'course-player', scopes: ['state', 'statements/write'] } });
  });

  it('is not configured to grant what there is not', () => {
    expect(() => createBearerTokens([{ issuer, audience: AUDIENCE, tenant: 't', scopes: { read: ['statements'] } }])).toThrow(
      'there is no scope statements;',
    );
  });

  it('is refused for another audience, by another key or issuer, after its time, without a time, unsigned, and where it is none', async () => {
    const other = await generateKeyPair('RS256');
    const claims = { client_id: 'course-player', scope: 'statements/write' };
    const sign = (change: (token: SignJWT) => SignJWT, key = privateKey) =>
      change(
        new SignJWT(claims)
          .setProtectedHeader({ alg: 'RS256', kid: 'first' })
          .setIssuer(issuer)
          .setAudience(AUDIENCE)
          .setExpirationTime('1m'),
      ).sign(key);
    expect((await post(await sign((token) => token))).statusCode).toBe(200);
    const bad = [
      await tokenFor('statements/write', 'https://other.example'),
      await sign((token) => token, other.privateKey),
      await sign((token) => token.setIssuer('https://other.example')),
      await sign((token) => token.setExpirationTime('-1m')),
      await sign((token) => token.setNotBefore('5m')),
      await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'first' }).setIssuer(issuer).setAudience(AUDIENCE).sign(privateKey),
      await new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', kid: 'first' })
        .setIssuer(issuer)
        .setAudience(AUDIENCE)
        .setExpirationTime('1m')
        .sign(Buffer.from(JSON.stringify(await exportJWK(publicKey)))),
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify({ ...claims, iss: issuer, aud: AUDIENCE, exp: 4e9 })).toString('base64url')}.`,
      'nonsense',
      'a.b.c',
    ];
    for (const token of bad) {
      const reply = await post(token);
      expect([reply.statusCode, reply.headers['www-authenticate']]).toEqual([401, 'Basic realm="Pharos", Bearer realm="Pharos"']);
    }
  });

  it('is told 503 and when to come again where the issuer does not answer', async () => {
    const away = 'http://127.0.0.1:9';
    const to = await serve(createBearerTokens([{ issuer: away, audience: AUDIENCE, tenant: 't' }]));
    const token = await new SignJWT({ client_id: 'x', scope: 'statements/write' })
      .setProtectedHeader({ alg: 'RS256' })
      .setIssuer(away)
      .setAudience(AUDIENCE)
      .setExpirationTime('1m')
      .sign(privateKey);
    const reply = await post(token, to);
    expect([reply.statusCode, Number(reply.headers['retry-after']) > 0]).toEqual([503, true]);
    await to.close();
  });
});
