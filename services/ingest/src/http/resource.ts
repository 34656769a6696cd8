import { type FastifyInstance, type FastifyReply, type FastifyRequest, type HTTPMethods } from 'fastify';
import { problem } from './problem.js';
import { refuse } from './reply.js';

export type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> | FastifyReply;

export interface ResourceOptions {
  readonly bodyLimit?: number;
  /** False for documents: their ETag is the hash of the bytes as they are, which an encoding would change. */
  readonly compress?: false | { readonly customTypes: RegExp };
}

const METHODS: readonly HTTPMethods[] = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'];

/**
 * The routes of one resource: those methods that it has, HEAD beside GET, OPTIONS, and 405 with `Allow` for all others.
 *
 * @example resource(scope, '/about', { GET: about });
 */
export function resource(
  scope: FastifyInstance,
  url: string,
  handlers: Readonly<Partial<Record<HTTPMethods, Handler>>>,
  { bodyLimit, compress }: ResourceOptions = {},
): void {
  const allowed = ['OPTIONS', ...Object.keys(handlers), ...('GET' in handlers ? ['HEAD'] : [])].sort().join(', ');
  const common = { url, ...(bodyLimit !== undefined && { bodyLimit }), ...(compress !== undefined && { compress }) };
  for (const method of METHODS) {
    const notAllowed: Handler = (_request, reply) =>
      refuse(reply.header('Allow', allowed), problem(405, `This resource takes ${allowed}.`));
    scope.route({ ...common, method, handler: handlers[method] ?? notAllowed });
  }
  scope.route({ url, method: 'OPTIONS', handler: (_request, reply) => reply.header('Allow', allowed).code(204).send() });
}
