import { actorIdentifier, isGroup, isIri, type XapiVersion } from '@pharos/xapi';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Need } from '@pharos/contract';
import { type DocumentPlace, type DocumentRefusal, DocumentStore, objectOf } from '../documents/document-store.js';
import { matches, preconditionOf } from '../documents/preconditions.js';
import { type Door } from '../door/door.js';
import { type RecordStore } from '../records/record-store.js';
import { refuseOutside } from '../cmi5/accept.js';
import { refuseWithout } from './access.js';
import { BadBody, parseJson } from './json-body.js';
import { BadParameter, needed, type Parameters, parametersOf, timestampOf, uuidOf } from './parameters.js';
import { problem } from './problem.js';
import { type Caller, refuse } from './reply.js';
import { type Handler, resource } from './resource.js';
import { sendTagged } from './send-tagged.js';
import { actorOf } from './statements-query.js';

type Name = 'activityId' | 'agent' | 'registration' | 'stateId' | 'profileId' | 'since';

/** One of the three resources that keep documents. */
interface Kind {
  readonly url: string;
  readonly kind: DocumentPlace['kind'];
  /** Names the document. */
  readonly id: 'stateId' | 'profileId';
  readonly scope: readonly ('activityId' | 'agent')[];
  readonly rights: 'state' | 'profile';
}

const KINDS: readonly Kind[] = [
  { url: '/activities/state', kind: 'state', id: 'stateId', scope: ['activityId', 'agent'], rights: 'state' },
  { url: '/activities/profile', kind: 'activity', id: 'profileId', scope: ['activityId'], rights: 'profile' },
  { url: '/agents/profile', kind: 'agent', id: 'profileId', scope: ['agent'], rights: 'profile' },
];

export interface DocumentRoutes {
  readonly door: Door;
  readonly store: RecordStore;
  readonly callerOf: (request: FastifyRequest) => Caller;
  readonly bodyLimit: number;
}

/** A request to a document resource, its parameters read and checked. */
interface Asked {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly version: XapiVersion;
  readonly documents: DocumentStore;
  readonly place: DocumentPlace;
  readonly id: string | undefined;
  readonly since: Date | undefined;
  readonly kind: Kind;
}

type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';

/** `/activities/state`, `/activities/profile` and `/agents/profile` (xAPI 1.0.3, part three, 2.2, 2.3, 2.6, 2.7). */
export function documentRoutes(scope: FastifyInstance, routes: DocumentRoutes): void {
  for (const kind of KINDS) {
    const on =
      (method: Method, answer: (asked: Asked) => Promise<FastifyReply>): Handler =>
      async (request, reply) => {
        const need = `${kind.rights}/${method === 'GET' ? 'read' : 'write'}` as Need;
        const { credential, session } = routes.callerOf(request);
        const refused = refuseWithout(credential, need);
        if (refused) return refuse(reply, refused);
        const asked = await readRequest(routes, kind, method, request, reply);
        const outside = session && refuseOutside(session, asked.place, asked.id, method !== 'GET');
        return outside ? refuse(reply, outside) : answer(asked);
      };
    const handlers = {
      GET: on('GET', getDocument),
      PUT: on('PUT', putDocument),
      POST: on('POST', postDocument),
      DELETE: on('DELETE', deleteDocument),
    };
    resource(scope, kind.url, handlers, { bodyLimit: routes.bodyLimit, compress: false });
  }
}

/** @throws BadParameter */
async function readRequest(
  { door, store, callerOf }: DocumentRoutes,
  kind: Kind,
  method: Method,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Asked> {
  const { credential, version } = callerOf(request);
  const { tenant } = credential;
  const known: Name[] = [
    ...kind.scope,
    kind.id,
    ...(kind.kind === 'state' ? (['registration'] as const) : []),
    ...(method === 'GET' || method === 'DELETE' ? (['since'] as const) : []),
  ];
  const query: Parameters<Name> = parametersOf(request, known);
  const activity = kind.scope.includes('activityId') ? activityOf(needed('activityId', query.activityId)) : undefined;
  const since = timestampOf('since', query.since, version);
  const id = query[kind.id];
  // Only State can be listed for deletion; a write always names its document.
  if (method === 'PUT' || method === 'POST' || (method === 'DELETE' && kind.kind !== 'state')) needed(kind.id, id);
  const registration = query.registration === undefined ? undefined : uuidOf('registration', query.registration);
  const agent = kind.scope.includes('agent') ? needed('agent', query.agent) : undefined;
  const learner = agent === undefined ? undefined : await learnerOf(door, tenant, agent, version, method);
  return {
    request,
    reply,
    version,
    documents: new DocumentStore(tenant, store.documents(tenant), door.vault),
    place: {
      kind: kind.kind,
      ...(activity !== undefined && { activity }),
      ...(learner !== undefined && { learner }),
      ...(registration !== undefined && { registration }),
    },
    id,
    since: since === undefined ? undefined : new Date(since),
    kind,
  };
}

function activityOf(value: string): string {
  if (!isIri(value)) throw new BadParameter('The parameter activityId must be an IRI.');
  return value;
}

/** Nobody has this token, so no document stands under it. */
const NOBODY = '';

/**
 * The agent's own token. A write makes it where there is none, because a document may come before any statement; to ask or
 * to delete leaves nothing behind of somebody who was never heard of.
 */
async function learnerOf({ vault }: Door, tenant: string, text: string, version: XapiVersion, method: Method): Promise<string> {
  const actor = actorOf('agent', text, version);
  if (isGroup(actor)) throw new BadParameter('The parameter agent must be an agent. For a group, send its identifier as that of an agent.');
  const identifier = actorIdentifier(actor);
  if (method === 'GET' || method === 'DELETE') return (await vault.firstToken(tenant, identifier)) ?? NOBODY;
  const [token] = await vault.tokensFor(tenant, [{ identifier, asSent: actor }]);
  return token!.firstToken;
}

async function getDocument({ reply, request, documents, place, id, since }: Asked): Promise<FastifyReply> {
  if (id === undefined) {
    const { ids, lastModified } = await documents.ids(place, since);
    if (lastModified !== undefined) reply.header('Last-Modified', lastModified.toUTCString());
    return sendTagged(request, reply, ids);
  }
  const found = await documents.get(place, id);
  if (!found) return refuse(reply, problem(404, 'There is no such document.'));
  reply.header('ETag', `"${found.etag}"`).header('Last-Modified', found.updatedAt.toUTCString());
  const ifNoneMatch = request.headers['if-none-match'];
  if (ifNoneMatch !== undefined && matches(ifNoneMatch, found)) return reply.code(304).send();
  return reply.header('Content-Type', found.contentType).send(found.content);
}

async function putDocument(asked: Asked): Promise<FastifyReply> {
  const document = documentOf(asked.request);
  const mustMatch = asked.kind.kind !== 'state' || asked.version === '2.0.0';
  return done(
    asked.reply,
    await asked.documents.put(asked.place, asked.id!, document, preconditionOf(conditionsOf(asked.request), mustMatch)),
  );
}

async function postDocument(asked: Asked): Promise<FastifyReply> {
  const document = documentOf(asked.request);
  const isJson = /^application\/json\s*(;|$)/i.test(document.contentType);
  if (isJson && !objectOf(document.contentType, document.content)) {
    return refuse(asked.reply, problem(400, 'A document of type application/json that is posted must be a JSON object.'));
  }
  return done(
    asked.reply,
    await asked.documents.merge(asked.place, asked.id!, document, preconditionOf(conditionsOf(asked.request), false)),
  );
}

async function deleteDocument(asked: Asked): Promise<FastifyReply> {
  if (asked.id === undefined) {
    await asked.documents.clear(asked.place, asked.since);
    return asked.reply.code(204).send();
  }
  return done(asked.reply, await asked.documents.remove(asked.place, asked.id, preconditionOf(conditionsOf(asked.request), false)));
}

const conditionsOf = ({ headers }: FastifyRequest) => ({ ifMatch: headers['if-match'], ifNoneMatch: headers['if-none-match'] });

/** A document without type is bytes (RFC 9110, 8.3). JSON that is put is kept as it is, but has to be JSON. */
function documentOf({ body, headers }: FastifyRequest) {
  const content = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  if (/^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '')) {
    const parsed = parseJson(content);
    if (!parsed.ok) throw new BadBody(parsed.reason);
  }
  return { contentType: headers['content-type'] ?? 'application/octet-stream', content };
}

function done(reply: FastifyReply, refused: DocumentRefusal | undefined): FastifyReply {
  return refused ? refuse(reply, problem(refused.status, refused.detail)) : reply.code(204).send();
}
