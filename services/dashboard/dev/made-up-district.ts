import { type IncomingMessage } from 'node:http';
import { type Plugin } from 'vite';
import { type MadeUp } from './district.js';

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

const roleOf = (cookie: string | undefined): string | null => /(?:^|; )made-up=(\w[\w-]*)/.exec(cookie ?? '')?.[1] ?? null;

/**
 * Answers `/api` from a made-up district while the page is being worked on, so that every place can be looked at without a
 * server. Exists in `vite` only; nothing of it is built.
 */
export function madeUpDistrict(): Plugin {
  return {
    name: 'made-up-district',
    apply: 'serve',
    configureServer(server) {
      let district: Promise<MadeUp> | undefined;
      const load = async (): Promise<MadeUp> => {
        const module = (await server.ssrLoadModule('/dev/district.ts')) as { createDistrict: (now: Date) => MadeUp };
        return module.createDistrict(new Date());
      };
      server.middlewares.use('/api', (request, response, next) => {
        void (async () => {
          district ??= load();
          const role = roleOf(request.headers.cookie);
          const answer = (await district)({ method: request.method ?? 'GET', url: request.originalUrl ?? '', body: await bodyOf(request), role });
          response.statusCode = answer.status;
          response.setHeader('content-type', answer.status >= 400 ? 'application/problem+json' : 'application/json');
          if (answer.role !== undefined) response.setHeader('set-cookie', `made-up=${answer.role}; Path=/; HttpOnly; SameSite=Strict`);
          response.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
        })().catch(next);
      });
    },
  };
} // prettier-ignore
