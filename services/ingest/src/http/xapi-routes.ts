import { type CredentialCheck } from '@pharos/registry';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type Door } from '../door/door.js';
import { authenticate } from './authenticate.js';
import { parseJson } from './json-body.js';
import { problem } from './problem.js';
import { problemOfError } from './problem-of-error.js';
import { type Caller, refuse } from './reply.js';
import { getStatement, postStatements, putStatement } from './statements-resource.js';
import { VERSIONS, versionOf } from './xapi-version.js';

export interface XapiRoutesOptions {
  readonly door: Door;
  readonly credentials: CredentialCheck;
  /** Largest body in bytes; default 16 MiB. */
  readonly bodyLimit?: number;
}

const VERSION_HEADER = 'X-Experience-API-Version';
const THROUGH_HEADER = 'X-Experience-API-Consistent-Through';
const BODY_LIMIT = 16 * 1024 * 1024;

/**
 * The xAPI resources as raw Fastify routes: a framework's work per request would cost as much as the door's own.
 *
 * @example await server.register((scope) => xapiRoutes(scope, options), { prefix: '/xapi' })
 */
export function xapiRoutes(scope: FastifyInstance, { door, credentials, bodyLimit = BODY_LIMIT }: XapiRoutesOptions): void {
  const callers = new WeakMap<FastifyRequest, Caller>();

  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(/^application\/json\s*(;|$)/i, { parseAs: 'buffer', bodyLimit }, (_request, bytes, done) => {
    done(null, parseJson(bytes as Buffer));
  });

  scope.addHook('onRequest', async (request, reply) => {
    const version = versionOf(request.headers['x-experience-api-version']);
    reply.header(VERSION_HEADER, version ?? VERSIONS.at(-1));
    if (isAbout(request)) return;
    const credential = await authenticate(credentials, request.headers.authorization);
    if (!credential) return refuse(reply.header('WWW-Authenticate', 'Basic realm="Pharos"'), problem(401, 'A valid Basic key is needed.'));
    if (!version) return refuse(reply, problem(400, `The header ${VERSION_HEADER} must be one of ${VERSIONS.join(', ')}.`));
    callers.set(request, { credential, version });
  });

  scope.addHook('onSend', (request, reply, payload, done) => {
    if (!isAbout(request)) reply.header(THROUGH_HEADER, door.consistentThrough());
    done(null, payload);
  });

  const callerOf = (request: FastifyRequest): Caller => {
    const caller = callers.get(request);
    if (!caller) throw new Error('a route was reached without authentication');
    return caller;
  };
  const answer = { get: getStatement, post: postStatements, put: putStatement };
  scope.get('/statements', (request, reply) => answer.get(door, callerOf(request), request, reply));
  scope.post('/statements', { bodyLimit }, (request, reply) => answer.post(door, callerOf(request), request, reply));
  scope.put('/statements', { bodyLimit }, (request, reply) => answer.put(door, callerOf(request), request, reply));
  scope.route({
    method: ['DELETE', 'PATCH'],
    url: '/statements',
    handler: (_request, reply) =>
      refuse(reply.header('Allow', 'GET, HEAD, POST, PUT'), problem(405, 'Statements are never changed or deleted.')),
  });
  scope.get('/about', (_request, reply) => reply.type('application/json').send(ABOUT));
  scope.setNotFoundHandler((_request, reply) => refuse(reply, problem(404, 'There is no such resource.')));
  scope.setErrorHandler((error: Error & { statusCode?: number; code?: string }, request, reply) => {
    const told = problemOfError(error, 'Statements are taken as application/json.');
    if (told.status === 500) request.log.error({ err: error }, 'a request failed');
    return refuse(reply, told);
  });
}

const ABOUT = JSON.stringify({ version: VERSIONS, extensions: {} });

const isAbout = ({ routeOptions }: FastifyRequest) => routeOptions.url?.endsWith('/about') ?? false;
