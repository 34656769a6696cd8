import { addressOf, createClient, ProblemError, routes, type ProblemCode, type Role, type Session } from '@pharos/contract';
import { QueryCache, QueryClient, queryOptions } from '@tanstack/react-query';

let csrf: string | undefined;

/** `index.html` asks for it before any code is there. A browser takes that answer only for the very same request, so it bears no headers of ours. */
const asPreloaded = (input: RequestInfo | URL, init: RequestInit | undefined): RequestInit | undefined =>
  input === SESSION && init?.method === 'GET' ? { ...init, headers: {} } : init;
const SESSION = addressOf(routes.session.me);

/** Every route of the contract, with the session's token on what changes something and the reader's language on all. */
export const client = createClient((input, init) => fetch(input, asPreloaded(input, init)), {
  csrf: () => csrf,
  headers: () => ({ 'accept-language': document.documentElement.lang }),
});

/** Whether the server refused with this code. */
export const isProblem = (error: unknown, code: ProblemCode): error is ProblemError =>
  error instanceof ProblemError && error.problem.code === code;

// A refusal will be the same a second later; only a server that cannot be reached is worth another try.
const worthAnotherTry = (failures: number, error: Error) => failures < 2 && !(error instanceof ProblemError && error.problem.status < 500);

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => {
      if (isProblem(error, 'signed-out') && query.queryKey[0] !== 'session') rememberSession(null);
    },
  }),
  defaultOptions: {
    // Asked also while the browser says that there is no connection: the device may know the answer, and what cannot be sent has to be kept, not to hang.
    queries: { staleTime: 30_000, retry: worthAnotherTry, refetchOnWindowFocus: true, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
});

/** Who is signed in; null for nobody. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  staleTime: Infinity,
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      const session = await client.session.me(undefined, { signal });
      csrf = session.csrf;
      return session;
    } catch (error) {
      if (isProblem(error, 'signed-out')) return null;
      throw error;
    }
  },
});

/** Takes note of who is signed in. Another person's answers must not be shown, so they are dropped. */
export function rememberSession(session: Session | null): void {
  csrf = session?.csrf;
  queryClient.setQueryData(sessionQuery.queryKey, session);
  queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
}

/** Whether somebody with these roles may come here. */
export const mayUse = (session: Pick<Session, 'roles'>, roles: readonly Role[]): boolean =>
  session.roles.some((role) => roles.includes(role));
