import { describe, expect, it } from '@jest/globals';
import { addressOf, createClient, ProblemError } from './client.js';
import { problemType } from './problem.js';
import { routes } from './routes.js';

interface Seen {
  readonly address: string;
  readonly init: RequestInit;
}

/** A server that answers always the same, and what it was asked. */
function answering(status: number, body: unknown, contentType = 'application/json') {
  const seen: Seen[] = [];
  const fetcher: typeof fetch = (input, init) => {
    seen.push({ address: input instanceof Request ? input.url : input.toString(), init: init ?? {} });
    return Promise.resolve(
      new Response(status === 204 ? null : JSON.stringify(body), { status, headers: { 'content-type': contentType } }),
    );
  };
  return { seen, fetcher };
}

describe('addresses', () => {
  it('escape what they are given and leave out what is undefined', () => {
    expect(addressOf(routes.alerts.get, { params: { alert: 'a/1 ?' } })).toBe('/api/alerts/a%2F1%20%3F');
    expect(addressOf(routes.caseload.list, { query: { search: 'ana & co', cursor: undefined, limit: 20 } })).toBe(
      '/api/caseload?search=ana+%26+co&limit=20',
    );
  });
});

describe('the client', () => {
  it('sends the token with what changes something, and only then', async () => {
    const { seen, fetcher } = answering(200, {});
    const client = createClient(fetcher, { csrf: () => 'abc' });
    await client.alerts.acknowledge({ params: { alert: 'a1' }, body: { version: 3 } });
    await client.session.me();
    expect(seen.map(({ address, init }) => [init.method, address, new Headers(init.headers).get('x-csrf-token'), init.body])).toEqual([
      ['POST', '/api/alerts/a1/acknowledge', 'abc', '{"version":3}'],
      ['GET', '/api/session', null, undefined],
    ]);
  });

  it('throws the problem that the server describes', async () => {
    const problem = { type: problemType('conflict'), title: 'x', status: 409, code: 'conflict', instance: 'urn:pharos:request:1' };
    const { fetcher } = answering(409, problem, 'application/problem+json');
    const call = createClient(fetcher).alerts.resolve({ params: { alert: 'a1' }, body: { version: 1, code: 'helped' } });
    await expect(call).rejects.toThrow(new ProblemError({ ...problem, code: 'conflict' }));
  });

  it('answers nothing where there is no body', async () => {
    const { fetcher } = answering(204, null);
    expect(await createClient(fetcher).session.signOut()).toBeUndefined();
  });
});
