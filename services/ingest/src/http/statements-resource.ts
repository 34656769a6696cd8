import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Refusal, type StatementBatch } from '../door/batch.js';
import { type Door } from '../door/door.js';
import { readStatement } from '../door/read-statement.js';
import { readMultipart, type SentPart } from '../attachments/read-multipart.js';
import { readingRights, refuseWithout } from './access.js';
import { type BatchThreads, type TakenApart } from '../threads/batch-threads.js';
import { batchOfBody, numbersOfOne, type ReadJson } from './batch-of-body.js';
import { JsonBody, type ParsedBody } from './json-body.js';
import { type Accept, isHeldToCmi5 } from '../cmi5/accept.js';
import { booleanOf, needed, parametersOf, uuidOf } from './parameters.js';
import { problem, problemOf } from './problem.js';
import { type ServedStore } from '../records/record-store.js';
import { identityRead } from './identity-read.js';
import { handledLeniently, postLeniently } from './lenient-handling.js';
import { type Caller, refuse } from './reply.js';
import { sendStatements } from './send-statements.js';
import { formatted } from './formats.js';
import { listStatements } from './statements-list.js';
import { formatOf } from './statements-query.js';

/** The door, and how batches go through it. */
export interface Taking {
  readonly door: Door;
  readonly accept: Accept;
  readonly threads?: BatchThreads | undefined;
}

/** One statement or an array of them; answers their ids. */
export async function postStatements(
  { door, accept, threads }: Taking,
  caller: Caller,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  parametersOf(request, []);
  const isLenient = !isHeldToCmi5(caller) && handledLeniently(request, caller);
  const apart =
    isLenient || isHeldToCmi5(caller) || !(request.body instanceof JsonBody) ? undefined : takeApart(threads, caller, request.body);
  if (apart !== undefined) return answerApart(reply, await apart);
  const body = await bodyOf(request);
  if (!body.ok) return refuse(reply, problem(400, body.reason));
  const batch = { ...sendingOf(caller), ...batchOfBody(body), parts: body.parts };
  if (isLenient) return postLeniently(door, batch, reply);
  const accepted = await accept(caller, batch);
  if (!accepted.ok) return sendRefusal(reply, accepted.refused);
  return reply.type('application/json').send(JSON.stringify(accepted.ids));
}

/** One statement under the id that the address names. */
export async function putStatement(
  { accept }: Taking,
  caller: Caller,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const id = uuidOf('statementId', needed('statementId', parametersOf(request, ['statementId']).statementId));
  const body = await bodyOf(request);
  if (!body.ok) return refuse(reply, problem(400, body.reason));
  if (typeof body.value !== 'object' || body.value === null || Array.isArray(body.value)) {
    return refuse(reply, problem(400, 'PUT takes one statement.'));
  }
  const sent = body.value as { readonly id?: unknown };
  if (sent.id !== undefined && (typeof sent.id !== 'string' || sent.id.toLowerCase() !== id)) {
    return refuse(reply, problem(400, 'The statement is not valid.', [{ path: 'id', message: 'is not the statementId of the address' }]));
  }
  const statement = { ...sent, id: sent.id ?? id };
  const exactNumbers = numbersOfOne(statement, body.numbers);
  const accepted = await accept(caller, { ...sendingOf(caller), statements: [statement], alone: true, parts: body.parts, exactNumbers });
  return accepted.ok ? reply.code(204).send() : sendRefusal(reply, accepted.refused);
}

/** One statement by its id, standing or voided; or those that a query finds. */
export async function getStatements(
  door: Door,
  store: ServedStore | undefined,
  caller: Caller,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const refused = refuseWithout(caller.credential, 'statements/read/mine');
  if (refused) return refuse(reply, refused);
  const query = request.query as Readonly<Record<string, unknown>>;
  if ('statementId' in query || 'voidedStatementId' in query) return getStatement(door, store, caller, request, reply);
  if (store === undefined)
    return refuse(reply, problem(400, 'One of statementId and voidedStatementId is needed: this door keeps no tables to query.'));
  return listStatements(door, store, caller, request, reply);
}

async function getStatement(
  door: Door,
  store: ServedStore | undefined,
  caller: Caller,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const query = parametersOf(request, ['statementId', 'voidedStatementId', 'format', 'attachments']);
  const { statementId, voidedStatementId } = query;
  if (statementId !== undefined && voidedStatementId !== undefined) {
    return refuse(reply, problem(400, 'Send one of statementId and voidedStatementId.'));
  }
  const id = statementId === undefined ? uuidOf('voidedStatementId', voidedStatementId ?? '') : uuidOf('statementId', statementId);
  const format = formatOf(query.format);
  const attachments = booleanOf('attachments', query.attachments);
  const { tenant } = caller.credential;
  const which = statementId === undefined ? 'voided' : 'standing';
  const read = await readStatement(door, tenant, id, { ...readingRights(caller.credential), which });
  if (!read) return refuse(reply, problem(404, 'There is no such statement.'));
  if (read.shows.length > 0) await door.log.append([identityRead(door, caller, read.shows)]);
  const telling = { format, acceptLanguage: request.headers['accept-language'], version: caller.version };
  const [statement] = await formatted({ door, store, caller }, [read.statement], telling);
  reply.header('Last-Modified', new Date(read.statement.stored!).toUTCString());
  const logged = readingRights(caller.credential).withIdentities(read.logged.data.credential) ? [read.logged] : [];
  return sendStatements(reply, statement, { door, store, tenant, logged, attachments });
}

const sendingOf = ({ credential, version }: Caller): Pick<StatementBatch, 'tenant' | 'sender' | 'version'> => ({
  tenant: credential.tenant,
  sender: { credential: credential.id, scopes: credential.scopes },
  version,
});

/** In a thread where there is one for it; what is linted afterwards is read here in any case. */
function takeApart(threads: BatchThreads | undefined, caller: Caller, { bytes }: JsonBody): Promise<TakenApart> | undefined {
  if (caller.credential.settings?.lint === true) return undefined;
  return threads?.take({ ...sendingOf(caller), bytes });
}

function answerApart(reply: FastifyReply, taken: TakenApart): FastifyReply {
  if (taken.ok) return reply.type('application/json').send(JSON.stringify(taken.ids));
  return 'unread' in taken ? refuse(reply, problem(400, taken.unread)) : sendRefusal(reply, taken.refused);
}

const sendRefusal = (reply: FastifyReply, refused: Refusal): FastifyReply => refuse(reply, problemOf(refused));

type Body = (ReadJson & { readonly parts: readonly SentPart[] }) | { readonly ok: false; readonly reason: string };

/** JSON, or a body in parts, which is taken apart here. */
async function bodyOf({ body, headers }: FastifyRequest): Promise<Body> {
  if (body === undefined || body === null) return { ok: false, reason: 'A body is needed.' };
  if (body instanceof JsonBody) return withParts(body.parsed, []);
  if (!Buffer.isBuffer(body)) throw new TypeError('a body that no parser made');
  const type = headers['content-type'] ?? '';
  if (!/^multipart\/mixed\s*(;|$)/i.test(type))
    return { ok: false, reason: 'Statements are taken as application/json or multipart/mixed.' };
  const read = await readMultipart(type, body);
  return read.ok ? withParts(read.statements, read.parts) : read;
}

const withParts = (parsed: ParsedBody, parts: readonly SentPart[]): Body => (parsed.ok ? { ...parsed, parts } : parsed);
