import fastifyCompress from '@fastify/compress';
import fastifyCors from '@fastify/cors';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type Door } from '../door/door.js';
import { type Findings } from '../findings/findings.js';
import { noteRequest } from '../findings/note-request.js';
import { type RecordStore, type ServedStore } from '../records/record-store.js';
import { ReferenceMemory } from '../records/reference-memory.js';
import { getActivity, getPerson } from './described-resources.js';
import { documentRoutes } from './documents-resource.js';
import { getExport } from './export-resource.js';
import { getAbout } from './about-resource.js';
import { answerAlternate, isAlternate } from './alternate-request.js';
import { authenticate, type Keys, refuseUnknown } from './authenticate.js';
import { type Cmi5Options, cmi5Routes, FETCH_PATH } from './cmi5-routes.js';
import { type BatchThreads } from '../threads/batch-threads.js';
import { JsonBody } from './json-body.js';
import { problem } from './problem.js';
import { problemOfError } from './problem-of-error.js';
import { type Bounds } from '../limits/in-flight-bound.js';
import { RequestLimiter } from './limit-requests.js';
import { type Caller, refuse } from './reply.js';
import { type Handler, resource } from './resource.js';
import { acceptance } from '../cmi5/accept.js';
import { Registrations } from '../cmi5/registrations.js';
import { getStatements, postStatements, putStatement, type Taking } from './statements-resource.js';
import { VERSIONS, versionOf } from './xapi-version.js';

export interface XapiRoutesOptions extends Keys {
  readonly door: Door;
  /** What queries and documents are answered from; without it the door takes statements and answers them by id. */
  readonly store?: RecordStore;
  /** Largest body in bytes, after unpacking; default 16 MiB. */
  readonly bodyLimit?: number;
  /** Origins whose pages may ask, such as `https://courses.example`; `*` for any. None by default. */
  readonly corsOrigins?: readonly string[];
  /** Launches of assignable units; without it there are none. */
  readonly cmi5?: Cmi5Options | undefined;
  /** Where large batches are taken; without them all is done in this thread. Whoever made them closes them. */
  readonly threads?: BatchThreads | undefined;
  /** How much may be answered at once. */
  readonly bounds?: Bounds;
  /** Counts what platforms get wrong; whoever made it closes it. */
  readonly findings?: Findings | undefined;
}

const VERSION_HEADER = 'X-Experience-API-Version';
const THROUGH_HEADER = 'X-Experience-API-Consistent-Through';
const BODY_LIMIT = 16 * 1024 * 1024;
const EXPOSED = ['ETag', 'Last-Modified', 'Link', 'Retry-After', 'X-Pharos-Position', VERSION_HEADER, THROUGH_HEADER];

/**
 * The xAPI resources as raw Fastify routes: a framework's work per request would cost as much as the door's own.
 *
 * @example await server.register((scope) => xapiRoutes(scope, options), { prefix: '/xapi' })
 */
export async function xapiRoutes(scope: FastifyInstance, options: XapiRoutesOptions): Promise<void> {
  const { door, bodyLimit = BODY_LIMIT, corsOrigins = [] } = options;
  const store: ServedStore | undefined = options.store && {
    ...options.store,
    references: options.store.references ?? new ReferenceMemory(),
  };
  const callers = new WeakMap<FastifyRequest, Caller>();
  const keys: Keys = { ...options, cmi5Tokens: options.cmi5?.tokens };
  const limiter = new RequestLimiter(bodyLimit, options.bounds);

  scope.addHook('onRequest', (request, reply, done) => {
    reply.header(VERSION_HEADER, versionOf(request.headers['x-experience-api-version']) ?? VERSIONS.at(-1));
    done();
  });
  scope.addHook('onSend', (request, reply, payload, done) => {
    limiter.answered(request);
    if (!isAbout(request)) reply.header(THROUGH_HEADER, reply.getHeader(THROUGH_HEADER) ?? door.consistentThrough());
    done(null, payload);
  });
  if (corsOrigins.length > 0) {
    const origin = corsOrigins.includes('*') ? '*' : [...corsOrigins];
    await scope.register(fastifyCors, {
      origin,
      methods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
      exposedHeaders: EXPOSED,
      strictPreflight: false,
    });
  }
  await scope.register(fastifyCompress, { encodings: ['gzip', 'br', 'identity'], requestEncodings: ['gzip', 'deflate', 'br', 'identity'] });
  scope.addHook('onRequest', async (request, reply) => {
    // The form of an alternate request says who asks; it comes through here again as what it means.
    if (isAbout(request) || isFetch(request) || request.method === 'OPTIONS') return;
    if (isAlternate(request)) return limiter.enter(request, reply);
    const who = await authenticate(keys, request.headers.authorization);
    if (!who.ok) return refuseUnknown(reply, who, options);
    const { credential, session } = who;
    const version = versionOf(request.headers['x-experience-api-version']);
    if (!version) return refuse(reply, problem(400, `The header ${VERSION_HEADER} must be one of ${VERSIONS.join(', ')}.`));
    callers.set(request, { credential, version, ...(session && { session }) });
    return limiter.enter(request, reply, credential);
  });
  scope.addHook('preValidation', async (request, reply) => {
    const caller = callers.get(request);
    if (!caller) return;
    return limiter.measure(request, reply, caller.credential) ?? limiter.turn(request, reply, caller.credential);
  });
  scope.addHook('preHandler', async (request, reply) => {
    if (isAlternate(request)) return answerAlternate(scope, request, reply, Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0));
  });
  const { findings } = options;
  if (findings !== undefined) {
    scope.addHook('onResponse', (request, reply, done) => {
      const caller = callers.get(request);
      if (caller) noteRequest(findings, caller.credential, request, reply);
      done();
    });
  }
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, bytes, done) => {
    done(null, bytes);
  });
  // A route, because a not-found handler of whoever serves this scope would come first, and answer without the version
  // that every answer has to bear (part three, 3.3).
  const nowhere: Handler = (_request, reply) => refuse(reply, problem(404, 'There is no such resource.'));
  scope.route({ url: '/*', method: ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'], handler: nowhere });
  scope.setErrorHandler((error: Error & { code?: string }, request, reply) => {
    const told = problemOfError(error, 'Statements are taken as application/json or multipart/mixed.', 400);
    if (told.status === 500) request.log.error({ err: error }, 'a request failed');
    return refuse(reply, told);
  });

  const callerOf = (request: FastifyRequest): Caller => {
    const caller = callers.get(request);
    if (!caller) throw new Error('a route was reached without authentication');
    return caller;
  };
  resource(scope, '/about', { GET: (request, reply) => getAbout(request, reply) });
  const ndjson = { compress: { customTypes: /ndjson/ } };
  resource(scope, '/extensions/statements', { GET: (request, reply) => getExport(door, callerOf(request), request, reply) }, ndjson);
  const registrations = options.cmi5 && new Registrations(door, options.cmi5);
  if (store && options.cmi5 && registrations) cmi5Routes(scope, { door, store, registrations, callerOf, ...options.cmi5 });
  if (store !== undefined) {
    documentRoutes(scope, { door, store, callerOf, bodyLimit });
    // Their ETag is the hash of the bytes as they are (part three, 3.1).
    const asIs = { compress: false } as const;
    resource(scope, '/activities', { GET: (request, reply) => getActivity(door, store, callerOf(request), request, reply) }, asIs);
    resource(scope, '/agents', { GET: (request, reply) => getPerson(door, callerOf(request), request, reply) }, asIs);
  }
  const taking: Taking = {
    door,
    threads: options.threads,
    accept: acceptance(door, options.cmi5 && registrations && { registrations, tables: options.cmi5 }),
  };
  await scope.register((statements, _options, done) => {
    statements.addContentTypeParser(/^application\/json\s*(;|$)/i, { parseAs: 'buffer', bodyLimit }, (_request, bytes, parsed) => {
      parsed(null, new JsonBody(bytes as Buffer));
    });
    resource(
      statements,
      '/statements',
      {
        GET: (request, reply) => getStatements(door, store, callerOf(request), request, reply),
        POST: (request, reply) => postStatements(taking, callerOf(request), request, reply),
        PUT: (request, reply) => putStatement(taking, callerOf(request), request, reply),
      },
      { bodyLimit },
    );
    done();
  });
}

const isFetch = ({ routeOptions }: FastifyRequest) => routeOptions.url?.endsWith(FETCH_PATH) ?? false;
const isAbout = ({ routeOptions }: FastifyRequest) => routeOptions.url?.endsWith('/about') ?? false;
