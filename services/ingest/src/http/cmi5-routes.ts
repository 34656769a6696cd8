import { randomUUID } from 'node:crypto';
import { type Cmi5Session, type Cmi5Sessions, type Cmi5Tokens } from '@pharos/registry';
import { actorIdentifier, isIri, type Statement } from '@pharos/xapi';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { abandonedStatement, launchData, launchedStatement, LaunchRequest, launchUrl } from '../cmi5/launch.js';
import { LAUNCH_DATA } from '../cmi5/vocabulary.js';
import { DocumentStore } from '../documents/document-store.js';
import { type Door } from '../door/door.js';
import { type RecordStore } from '../records/record-store.js';
import { refuseWithout } from './access.js';
import { SESSION_PREFIX } from './authenticate.js';
import { parseJson } from './json-body.js';
import { needed, parametersOf } from './parameters.js';
import { problem, problemOf } from './problem.js';
import { type Caller, refuse } from './reply.js';
import { resource } from './resource.js';

/** What launches of assignable units need. */
export interface Cmi5Options {
  readonly tokens: Cmi5Tokens;
  /** `(tenant) => registry.tenant(tenant).cmi5Sessions` */
  readonly sessions: (tenant: string) => Cmi5Sessions;
  /** Where content reaches this server, such as `https://pharos.example`; the address of the request where left out. */
  readonly publicUrl?: string;
}

interface Cmi5Routes extends Cmi5Options {
  readonly door: Door;
  readonly store: RecordStore;
  readonly callerOf: (request: FastifyRequest) => Caller;
}

export const LAUNCH_PATH = '/extensions/cmi5/launches';
export const FETCH_PATH = '/extensions/cmi5/fetch';

/** A unit that takes longer is launched anew. */
const SESSION_MS = 24 * 60 * 60_000;

/**
 * cmi5, Quartz 1st edition: `POST /extensions/cmi5/launches` begins a session for a learning management system, and
 * `POST /extensions/cmi5/fetch?secret=…` hands its token to the unit, once.
 */
export function cmi5Routes(scope: FastifyInstance, routes: Cmi5Routes): void {
  resource(scope, LAUNCH_PATH, { POST: (request, reply) => launch(routes, request, reply) });
  resource(scope, FETCH_PATH, { POST: (request, reply) => fetchToken(routes, request, reply) });
}

async function launch(routes: Cmi5Routes, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { door, store, callerOf, sessions: sessionsOf } = routes;
  const { credential, version, session: within } = callerOf(request);
  const refused = refuseWithout(credential, 'statements/write') ?? refuseWithout(credential, 'state/write');
  if (refused) return refuse(reply, refused);
  if (within !== undefined) return refuse(reply, problem(403, 'A unit does not launch others.'));
  parametersOf(request, []);
  const body = parseJson(Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0));
  if (!body.ok) return refuse(reply, problem(400, body.reason));
  const read = LaunchRequest.safeParse(body.value);
  if (!read.success) {
    const errors = read.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
    return refuse(reply, problem(400, 'The launch is not valid.', errors));
  }
  const asked = read.data;
  const noIris = (['activityId', 'publisherId'] as const).filter((name) => !isIri(asked[name]));
  if (noIris.length > 0) return refuse(reply, problem(400, 'The launch is not valid.', noIris.map((path) => ({ path, message: 'must be an IRI' })))); // prettier-ignore

  const { tenant } = credential;
  const [session, registration, at] = [randomUUID() as string, asked.registration?.toLowerCase() ?? randomUUID(), door.now()];
  const [token] = await door.vault.tokensFor(tenant, [{ identifier: actorIdentifier(asked.actor), asSent: asked.actor }]);
  const learner = token!.firstToken;
  const sessions = sessionsOf(tenant);
  const left = await sessions.openOf(learner, registration);
  const { launchMode, masteryScore, activityId: activity } = asked;
  const secret = await sessions.open({
    session, credential: credential.id, learner, activity, registration,
    launch: { launchMode, ...(masteryScore !== undefined && { masteryScore }) },
    expiresAt: new Date(at.getTime() + SESSION_MS),
  }); // prettier-ignore
  if (secret === undefined) return refuse(reply, problem(403, 'Units are launched with a key of this store, not with an access token.'));
  // Both before the unit can be opened: it reads the document at once, and launched stands before all that it says.
  await new DocumentStore(tenant, store.documents(tenant), door.vault).put(
    { kind: 'state', activity, learner, registration },
    LAUNCH_DATA,
    { contentType: 'application/json', content: Buffer.from(JSON.stringify(launchData(asked, session))) },
    () => undefined,
  );
  const statements: Statement[] = [
    ...left.map((open) => abandonedStatement(asked.actor, open, at)),
    launchedStatement(asked, session, registration, at),
  ];
  const sender = { credential: credential.id, scopes: credential.scopes };
  const accepted = await door.acceptStatements({ tenant, sender, version, statements });
  if (!accepted.ok) return refuse(reply, problemOf(accepted.refused));
  for (const open of left) await sessions.said(open.session, [], true);
  const base = `${routes.publicUrl?.replace(/\/$/, '') ?? `${request.protocol}://${request.host}`}${request.url.split(LAUNCH_PATH, 1)[0]}`;
  const fetch = `${base}${FETCH_PATH}?secret=${secret}`;
  const told = { session, registration, launchUrl: launchUrl(asked, { endpoint: `${base}/`, fetch, registration }), fetch };
  return reply.type('application/json').send(JSON.stringify(told));
}

/** Always 200, errors included, as the specification has it (8.2.2). */
async function fetchToken({ tokens }: Cmi5Routes, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const secret = needed('secret', parametersOf(request, ['secret']).secret);
  const handed = await tokens.fetch(secret);
  const told = handed.ok ? { 'auth-token': authToken(handed) } : TOLD[handed.why];
  return reply.type('application/json').header('Cache-Control', 'no-store').send(JSON.stringify(told));
}

const authToken = ({ session, token }: Pick<Cmi5Session, 'session'> & { readonly token: string }) =>
  Buffer.from(`${SESSION_PREFIX}${session}:${token}`).toString('base64');

const TOLD = {
  used: { 'error-code': '1', 'error-text': 'The token was handed out before, or the session is over.' },
  unknown: { 'error-code': '2', 'error-text': 'There is no such session.' },
} as const;
