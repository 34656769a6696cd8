import { describe, expect, it } from '@jest/globals';
import { type Problem, type Session } from '@pharos/contract';
import { loginOf, password } from './district.js';
import { type World } from './world.js';

/** Signing in, and what a signed-in request has to show. */
export function sessionChapter(world: () => World): void {
  describe('signing in', () => {
    it('sets a cookie that scripts and other sites cannot use, and says who it is', async () => {
      const answer = await world().ask('POST', '/session', { body: { login: loginOf('north', 'counselor'), password } });
      const session: Session = answer.body;
      expect(answer.status).toBe(200);
      expect(answer.headers['set-cookie']).toMatch(/^pharos_session=[\w-]{20,}; .*HttpOnly; Secure; SameSite=Lax$/);
      expect(session).toMatchObject({ tenant: 'north', name: 'Nora Nguyen-north', roles: ['counselor'], timeZone: 'Europe/Madrid' });
      expect(session.csrf.length).toBeGreaterThan(20);
    });

    it('answers a wrong password and an unknown login alike', async () => {
      const wrong = await world().ask('POST', '/session', { body: { login: loginOf('south', 'analyst'), password: 'wrong password' } });
      const unknown = await world().ask('POST', '/session', { body: { login: 'nobody@nowhere.example', password: 'wrong password' } });
      const what = ({ code, title, detail, status }: Problem) => ({ code, title, detail, status });
      expect(what(wrong.body)).toEqual(what(unknown.body));
      expect(wrong.headers['content-type']).toMatch(/^application\/problem\+json/);
    });

    it('locks a login after failures and says for how long', async () => {
      const attempt = (secret: string) =>
        world().ask('POST', '/session', { body: { login: loginOf('south', 'teacher'), password: secret } });
      for (let i = 0; i < 5; i++) await attempt('wrong password');
      const locked = await attempt(password);
      expect(locked).toMatchObject({ status: 429, body: { code: 'locked-out', retryAfterSeconds: 30 } });
      expect(locked.headers['retry-after']).toBe('30');
      world().clock.now += 31_000;
      expect((await attempt(password)).status).toBe(200);
    });

    it('asks a browser for no password of its own: only who came with a key is challenged for one', async () => {
      const challenge = async (headers: Record<string, string>) =>
        (await world().ask('GET', '/session', { headers })).headers['www-authenticate'];
      expect(await challenge({})).toBe('Session realm="Pharos"');
      const wrong = Buffer.from('nobody:nothing').toString('base64');
      expect(await challenge({ authorization: `Basic ${wrong}` })).toBe('Basic realm="Pharos"');
    });

    it('ends with signing out', async () => {
      const as = await world().signIn('north', 'analyst');
      expect((await world().ask('GET', '/session', { as })).status).toBe(200);
      expect((await world().ask('DELETE', '/session', { as })).status).toBe(204);
      expect(await world().ask('GET', '/session', { as })).toMatchObject({ status: 401, body: { code: 'signed-out' } });
    });
  });

  describe('a request that changes something', () => {
    const change = async (headers: Record<string, string>) => {
      const as = await world().signIn('north', 'admin');
      return world().ask('POST', '/keys', { headers: { cookie: as.cookie, ...headers }, body: { name: 'x', scopes: ['answers/read'] } });
    };

    it('needs the session’s token', async () => {
      expect(await change({})).toMatchObject({ status: 403, body: { code: 'csrf-missing' } });
      expect(await change({ 'x-csrf-token': 'a'.repeat(43) })).toMatchObject({ status: 403, body: { code: 'csrf-missing' } });
    });

    it('is refused from another site, even with the token', async () => {
      const as = await world().signIn('north', 'admin');
      const from = (headers: Record<string, string>) =>
        world().ask('POST', '/keys', { as, headers, body: { name: 'x', scopes: ['answers/read'] } });
      expect((await from({ origin: 'https://evil.example' })).status).toBe(403);
      expect((await from({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
      expect((await from({ 'sec-fetch-site': 'same-origin', origin: 'http://localhost:3000', host: 'localhost:3000' })).status).toBe(201);
    });
  });

  describe('a refused request', () => {
    it('says where it is wrong, and not what was sent', async () => {
      const as = await world().signIn('north', 'counselor');
      const answer = await world().ask('GET', '/caseload?limit=100000&surname=Alvarez', { as });
      const problem: Problem = answer.body;
      expect(answer.status).toBe(400);
      expect(problem.errors?.map(({ path }) => path)).toEqual(['query.limit', 'query']);
      expect(problem.instance).toBe(`urn:pharos:request:${String(answer.headers['x-request-id'])}`);
      expect(answer.text).not.toContain('Alvarez');
    });

    it('answers a body that is not JSON, and an address that there is not, with problem details', async () => {
      const headers = { 'content-type': 'application/json' };
      const broken = await world().ask('POST', '/session', { headers, body: '{"login": "x' });
      expect(broken).toMatchObject({ status: 400, body: { code: 'bad-request' } });
      expect(broken.headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(broken.text).not.toContain('login');
      expect(await world().ask('GET', '/no-such-thing')).toMatchObject({ status: 404, body: { code: 'not-found' } });
    });
  });
}
