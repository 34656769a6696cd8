import { randomUUID } from 'node:crypto';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import { type ProblemCode } from '@pharos/contract';
import { LogUnavailable } from '@pharos/event-log';
import { type Logger } from '@pharos/runtime';
import { type FastifyReply } from 'fastify';
import { LOGGER } from '../tokens.js';
import { type PharosRequest } from './caller.js';
import { problemOf } from './problem.js';
import { Refusal, type RefusalDetail } from './refusal.js';

const byStatus: Readonly<Record<number, ProblemCode>> = {
  400: 'bad-request',
  404: 'not-found',
  413: 'too-large',
  415: 'unsupported-media-type',
};

/** What the framework refuses before a route reads anything. Its own words may quote the body. */
const UNREADABLE =
  'The body is not JSON, or there is none although Content-Type says application/json, or the address is not well encoded. Send it again as it should be.';

/** What to answer for whatever was thrown. Texts of unexpected errors stay here: they may hold what nobody should read. */
export function refusalFor(error: unknown): { readonly code: ProblemCode; readonly info: RefusalDetail } {
  if (error instanceof Refusal) return { code: error.code, info: error.info };
  if (error instanceof LogUnavailable) return { code: 'not-ready', info: { detail: 'Facts cannot be recorded now', retryAfterSeconds: 5 } };
  if (error instanceof HttpException) {
    const status = error.getStatus();
    return { code: byStatus[status] ?? 'internal-error', info: status === 400 ? { detail: UNREADABLE } : {} };
  }
  return { code: 'internal-error', info: {} };
}

/** Sends problem details (RFC 9457) for every refusal and error of this service's routes. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<PharosRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const requestId = request.pharos?.requestId ?? randomUUID();
    const { code, info } = refusalFor(error);
    if (code === 'internal-error')
      this.logger.error({ requestId, route: request.pharos?.name, kind: errorKind(error) }, 'a request failed');
    const problem = problemOf(code, info, requestId);
    if (code === 'signed-out') reply.header('www-authenticate', challengeFor(request.headers.authorization));
    if (info.retryAfterSeconds !== undefined) reply.header('retry-after', String(info.retryAfterSeconds));
    void reply
      .status(problem.status)
      .header('x-request-id', requestId)
      .header('cache-control', 'no-store')
      .header('content-type', 'application/problem+json')
      .send(JSON.stringify(problem));
  }
}

/**
 * How to sign in, by what the request showed. Only who came with a key is asked for one: at `Basic` a browser would hold
 * the page's own request back and open a password window of its own, in front of the page's form.
 *
 * @example challengeFor(undefined) // => 'Session realm="Pharos"'
 */
export const challengeFor = (authorization: string | undefined): string =>
  `${authorization === undefined ? 'Session' : 'Basic'} realm="Pharos"`;

/** Name and place of an error, without its message: messages of drivers quote values. */
function errorKind(error: unknown): { readonly name: string; readonly at: readonly string[] } {
  if (!(error instanceof Error)) return { name: typeof error, at: [] };
  const at = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  return { name: error.name, at: at.slice(0, 5).map((line) => line.trim()) };
}
