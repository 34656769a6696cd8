import { addressOf, type Answer, createClient, EVENTS, Problem, ProblemError, routes } from '@pharos/contract';
import { eventsOf } from './events.js';
import { type PlatformRoutes } from './platform-routes.js';
import { type Statement } from './statements.js';
import { type LearnerName } from './who.js';

export interface PharosAddress {
  /** Where Pharos is, without a path: `https://pharos.example.org`. */
  readonly address: string;
  /** The platform's key, as `pharos key create` or the page shows it once. */
  readonly key: { readonly id: string; readonly secret: string };
  /** Another `fetch`, for a proxy or a test. */
  readonly fetch?: typeof fetch;
}

/** What a platform does with Pharos. */
export interface Pharos extends PlatformRoutes {
  /**
   * Sends statements through the door. When it resolves they are on disk; sending them again adds nothing.
   *
   * @throws PlatformRefused where one of them cannot be taken: none is then
   */
  send(statements: readonly Statement[]): Promise<void>;
  /**
   * Waits until what was sent can be seen in what is told of learners: usually well under a second.
   *
   * @throws Error after `withinMs`
   */
  seen(statement: Statement, withinMs?: number): Promise<void>;
  /** A learner's levels, now and with each change, for as long as the line lasts (a minute; then call again). */
  levels(learner: LearnerName, signal?: AbortSignal): AsyncGenerator<Answer<(typeof routes)['knowledge']['levels']>>;
}

/** The door refused, and says what, where and why. */
export class PlatformRefused extends Error {
  override readonly name = 'PlatformRefused';
  constructor(
    readonly status: number,
    readonly told: string,
  ) {
    super(`the door answered ${status}: ${told}`);
  }
}

const LOOK_EVERY_MS = 50;
const WITHIN_MS = 10_000;

/**
 * Pharos for a platform: its part of the contract's routes, and the door for statements.
 *
 * @example const pharos = openPharos({ address: 'http://127.0.0.1:4600', key: { id, secret } });
 *   const { skills } = await pharos.knowledge.mastery({ params: { learner: byMail('ada@example.org') } });
 */
export function openPharos({ address, key, fetch: fetcher = fetch }: PharosAddress): Pharos {
  const authorization = `Basic ${btoa(`${key.id}:${key.secret}`)}`;
  const client = createClient(fetcher, { origin: address, headers: () => ({ authorization }) });
  const door = (query: string, init: RequestInit) =>
    fetcher(`${address}/xapi/statements${query}`, {
      ...init,
      headers: { authorization, 'content-type': 'application/json', 'x-experience-api-version': '1.0.3' },
    });

  const send = async (statements: readonly Statement[]): Promise<void> => {
    const answer = await door('', { method: 'POST', body: JSON.stringify(statements) });
    const told = await answer.text();
    if (!answer.ok) throw new PlatformRefused(answer.status, told);
  };
  const seen = async ({ id }: Statement, withinMs = WITHIN_MS): Promise<void> => {
    const answer = await door(`?statementId=${id}`, { method: 'GET' });
    if (!answer.ok) throw new PlatformRefused(answer.status, await answer.text());
    const { stored } = (await answer.json()) as { readonly stored: string };
    for (let waited = 0; waited < withinMs; waited += LOOK_EVERY_MS) {
      // Complete up to a moment after it was stored; up to that very moment, it may be the first that is missing.
      const { through } = await client.knowledge.masteries({ body: { learners: ['mailto:nobody@invalid'] } });
      if (Date.parse(through) > Date.parse(stored)) return;
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
    throw new Error(`what was stored at ${stored} cannot be seen after ${withinMs} ms`);
  };
  async function* levels(learner: LearnerName, signal?: AbortSignal) {
    const route = routes.knowledge.levels;
    const answer = await fetcher(`${address}${addressOf(route, { params: { learner } })}`, {
      headers: { authorization, accept: EVENTS },
      ...(signal && { signal }),
    });
    if (!answer.ok) throw new ProblemError(Problem.parse(await answer.json()));
    for await (const data of eventsOf(answer)) yield route.responses[200].parse(JSON.parse(data));
  }
  return { ...forPlatforms(client), send, seen, levels };
}

/** Only what a platform's key may call: the type says so, and so does the object. */
function forPlatforms(client: object): PlatformRoutes {
  const areas = Object.entries(routes).map(([area, group]) => {
    const open = Object.entries(group as Readonly<Record<string, { readonly roles: readonly string[] | 'public' }>>).filter(
      ([, { roles }]) => roles === 'public' || roles.includes('platform'),
    );
    const calls = (client as Readonly<Record<string, Readonly<Record<string, unknown>>>>)[area]!;
    return [area, Object.fromEntries(open.map(([name]) => [name, calls[name]]))] as const;
  });
  return Object.fromEntries(areas.filter(([, calls]) => Object.keys(calls).length > 0)) as unknown as PlatformRoutes;
}
