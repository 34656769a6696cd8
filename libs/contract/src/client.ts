import { type Problem } from './problem.js';
import { type Answer, type Asked, type RouteShape } from './route.js';
import { PREFIX, type Routes, routes } from './routes.js';

/** The server refused, and says why. `problem.code` is what to act on. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  constructor(readonly problem: Problem) {
    super(problem.title);
  }
}

interface CallOptions {
  readonly signal?: AbortSignal;
}

type Call<R extends RouteShape> =
  object extends Asked<R>
    ? (asked?: Asked<R>, options?: CallOptions) => Promise<Answer<R>>
    : (asked: Asked<R>, options?: CallOptions) => Promise<Answer<R>>;

/** One method per route: `client.alerts.acknowledge({ params: { alert }, body: { version } })`. */
export type Client = {
  readonly [Area in keyof Routes]: {
    readonly [Name in keyof Routes[Area]]: Routes[Area][Name] extends RouteShape ? Call<Routes[Area][Name]> : never;
  };
};

export interface ClientOptions {
  /** Before `/api`; empty in a page of the same origin. */
  readonly origin?: string;
  /** The token of the session, sent with every request that changes something. */
  readonly csrf?: () => string | undefined;
  readonly headers?: () => Readonly<Record<string, string>>;
}

interface Loose {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/**
 * The address of a route with its params and query filled in. Query values that are undefined are left out.
 *
 * @example addressOf(routes.alerts.get, { params: { alert: 'a/1' } }) // => '/api/alerts/a%2F1'
 */
export function addressOf(route: RouteShape, asked: Loose = {}): string {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = asked.params?.[name];
    if (typeof value !== 'string') throw new TypeError(`${route.path} needs ${name}`);
    return encodeURIComponent(value);
  });
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(asked.query ?? {})) {
    if (typeof value === 'string' || typeof value === 'number') query.set(key, String(value));
  }
  return `${PREFIX}${path}${query.size > 0 ? `?${query.toString()}` : ''}`;
}

/** Looked over by hand: a page must not need a validator's library for what is said when something goes wrong. */
function asProblem(said: unknown): Problem {
  const { type, title, status, code, instance } = said as Partial<Problem>;
  if ([type, title, code, instance].every((text) => typeof text === 'string') && typeof status === 'number') return said as Problem;
  throw new TypeError('the server answered something else than a problem');
}

async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text();
  if (response.headers.get('content-type')?.startsWith('application/problem+json')) return asProblem(JSON.parse(text));
  return { type: 'about:blank', title: `${response.status} ${response.statusText}`, status: response.status, code: 'internal-error', instance: response.headers.get('x-request-id') ?? '' }; // prettier-ignore
}

/**
 * The typed client of every route. Answers are as the server sent them (it validates them); refusals throw `ProblemError`,
 * an unreachable server whatever `fetch` throws.
 *
 * @example const client = createClient(fetch, { csrf: () => session?.csrf }); const page = await client.caseload.list();
 */
export function createClient(fetcher: typeof fetch, options: ClientOptions = {}): Client {
  const call =
    (route: RouteShape) =>
    async (asked: Loose = {}, { signal }: CallOptions = {}) => {
      const csrf = route.method === 'GET' ? undefined : options.csrf?.();
      const response = await fetcher(`${options.origin ?? ''}${addressOf(route, asked)}`, {
        method: route.method,
        credentials: 'same-origin',
        headers: {
          accept: 'application/json, application/problem+json',
          ...(asked.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(csrf === undefined ? {} : { 'x-csrf-token': csrf }),
          ...options.headers?.(),
        },
        ...(asked.body === undefined ? {} : { body: JSON.stringify(asked.body) }),
        ...(signal ? { signal } : {}),
      });
      if (!response.ok) throw new ProblemError(await problemOf(response));
      return response.status === 204 ? undefined : await response.json();
    };
  const areas = Object.entries(routes).map(([area, group]) => [
    area,
    Object.fromEntries(Object.entries(group as Readonly<Record<string, RouteShape>>).map(([name, route]) => [name, call(route)])),
  ]);
  return Object.fromEntries(areas) as Client;
}
