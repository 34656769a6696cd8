import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Refusal, type StatementBatch } from '../door/batch.js';
import { type Door } from '../door/door.js';
import { readStatement } from '../door/read-statement.js';
import { readingRights, refuseWithout } from './access.js';
import { type ParsedBody } from './json-body.js';
import { booleanOf, needed, parametersOf, uuidOf } from './parameters.js';
import { problem, problemOf } from './problem.js';
import { type RecordStore } from '../records/record-store.js';
import { identityRead } from './identity-read.js';
import { type Caller, refuse } from './reply.js';
import { sendStatements } from './send-statements.js';
import { formatted } from './formats.js';
import { listStatements } from './statements-list.js';
import { formatOf } from './statements-query.js';

/** Seconds after which a sender may try again when the log could not take a batch. */
const RETRY_AFTER_S = 2;

/** One statement or an array of them; answers their ids. */
export async function postStatements(door: Door, caller: Caller, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  parametersOf(request, []);
  const body = bodyOf(request);
  if (!body.ok) return refuse(reply, problem(400, body.reason));
  const alone = !Array.isArray(body.value);
  const statements = alone ? [body.value] : (body.value as unknown[]);
  const accepted = await door.acceptStatements(batchOf(caller, statements, alone));
  if (!accepted.ok) return sendRefusal(reply, accepted.refused);
  return reply.type('application/json').send(JSON.stringify(accepted.ids));
}

/** One statement under the id that the address names. */
export async function putStatement(door: Door, caller: Caller, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const id = uuidOf('statementId', needed('statementId', parametersOf(request, ['statementId']).statementId));
  const body = bodyOf(request);
  if (!body.ok) return refuse(reply, problem(400, body.reason));
  if (typeof body.value !== 'object' || body.value === null || Array.isArray(body.value)) {
    return refuse(reply, problem(400, 'PUT takes one statement.'));
  }
  const sent = body.value as { readonly id?: unknown };
  if (sent.id !== undefined && (typeof sent.id !== 'string' || sent.id.toLowerCase() !== id)) {
    return refuse(reply, problem(400, 'The statement is not valid.', [{ path: 'id', message: 'is not the statementId of the address' }]));
  }
  const accepted = await door.acceptStatements(batchOf(caller, [{ ...sent, id: sent.id ?? id }], true));
  return accepted.ok ? reply.code(204).send() : sendRefusal(reply, accepted.refused);
}

/** One statement by its id, standing or voided; or those that a query finds. */
export async function getStatements(
  door: Door,
  store: RecordStore | undefined,
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
  store: RecordStore | undefined,
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
  const [statement] = await formatted({ door, store, tenant }, format, [read.statement], request.headers['accept-language']);
  reply.header('Last-Modified', new Date(read.statement.stored!).toUTCString());
  return sendStatements(door, store, tenant, reply, statement, { logged: [read.logged], answered: [read], attachments });
}

function batchOf({ credential, version }: Caller, statements: readonly unknown[], alone: boolean): StatementBatch {
  return { tenant: credential.tenant, sender: { credential: credential.id, scopes: credential.scopes }, version, statements, alone };
}

function sendRefusal(reply: FastifyReply, refused: Refusal): FastifyReply {
  if (refused.step === 'append') reply.header('Retry-After', RETRY_AFTER_S);
  return refuse(reply, problemOf(refused));
}

/** The content type parser has parsed it; a request without a body never came there. */
function bodyOf({ body }: FastifyRequest): ParsedBody {
  if (body === undefined || body === null) return { ok: false, reason: 'A body is needed.' };
  return Buffer.isBuffer(body)
    ? { ok: false, reason: 'Statements are taken as application/json or multipart/mixed.' }
    : (body as ParsedBody);
}
