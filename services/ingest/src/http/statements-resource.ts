import { type NewFact } from '@pharos/facts';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Refusal, type StatementBatch } from '../door/batch.js';
import { type Door } from '../door/door.js';
import { readStatement } from '../door/read-statement.js';
import { readingRights, refuseWithout } from './access.js';
import { type ParsedBody } from './json-body.js';
import { problem, type Problem, problemOf } from './problem.js';
import { type Caller, refuse } from './reply.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Seconds after which a sender may try again when the log could not take a batch. */
const RETRY_AFTER_S = 2;

/** One statement or an array of them; answers their ids. */
export async function postStatements(door: Door, caller: Caller, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const unknown = unknownParameters(request, []);
  if (unknown) return refuse(reply, unknown);
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
  const unknown = unknownParameters(request, ['statementId']);
  if (unknown) return refuse(reply, unknown);
  const id = parameters(request).statementId;
  if (typeof id !== 'string' || !UUID.test(id)) return refuse(reply, problem(400, 'The parameter statementId must be one UUID.'));
  const body = bodyOf(request);
  if (!body.ok) return refuse(reply, problem(400, body.reason));
  if (typeof body.value !== 'object' || body.value === null || Array.isArray(body.value)) {
    return refuse(reply, problem(400, 'PUT takes one statement.'));
  }
  const sent = body.value as { readonly id?: unknown };
  if (sent.id !== undefined && (typeof sent.id !== 'string' || sent.id.toLowerCase() !== id.toLowerCase())) {
    return refuse(reply, problem(400, 'The statement is not valid.', [{ path: 'id', message: 'is not the statementId of the address' }]));
  }
  const accepted = await door.acceptStatements(batchOf(caller, [{ ...sent, id: sent.id ?? id }], true));
  return accepted.ok ? reply.code(204).send() : sendRefusal(reply, accepted.refused);
}

/** One statement by its id, standing or voided. */
export async function getStatement(door: Door, caller: Caller, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const unknown = unknownParameters(request, ['statementId', 'voidedStatementId']);
  if (unknown) return refuse(reply, unknown);
  const { statementId, voidedStatementId } = parameters(request);
  const id = statementId ?? voidedStatementId;
  if (typeof id !== 'string' || !UUID.test(id) || (statementId !== undefined && voidedStatementId !== undefined)) {
    return refuse(reply, problem(400, 'One of statementId and voidedStatementId is needed, and must be one UUID.'));
  }
  const refused = refuseWithout(caller.credential, 'statements/read/mine');
  if (refused) return refuse(reply, refused);
  const rights = readingRights(caller.credential);
  const which = statementId === undefined ? 'voided' : 'standing';
  const { tenant } = caller.credential;
  const read = await readStatement(door, tenant, id, { ...rights, which });
  if (!read) return refuse(reply, problem(404, 'There is no such statement.'));
  if (read.shows.length > 0) await door.log.append([identityRead(door, caller, read.shows)]);
  return reply
    .type('application/json')
    .header('Last-Modified', new Date(read.statement.stored!).toUTCString())
    .send(JSON.stringify(read.statement));
}

function batchOf({ credential, version }: Caller, statements: readonly unknown[], alone: boolean): StatementBatch {
  return { tenant: credential.tenant, sender: { credential: credential.id, scopes: credential.scopes }, version, statements, alone };
}

/** Whoever is shown a person leaves a trace: it is durable before the answer goes out. */
function identityRead(door: Door, { credential }: Caller, whom: readonly string[]): NewFact {
  const at = door.now().toISOString();
  const data = { by: credential.id, whom: [...whom], why: 'GET /xapi/statements', at };
  return { id: door.newId(), type: 'IdentityRead', version: 1, tenant: credential.tenant, key: credential.tenant, occurredAt: at, data };
}

function sendRefusal(reply: FastifyReply, refused: Refusal): FastifyReply {
  if (refused.step === 'append') reply.header('Retry-After', RETRY_AFTER_S);
  return refuse(reply, problemOf(refused));
}

/** The content type parser has parsed it; a request without a body never came there. */
function bodyOf({ body }: FastifyRequest): ParsedBody {
  if (body === undefined || body === null) return { ok: false, reason: 'A body is needed.' };
  return Buffer.isBuffer(body) ? { ok: false, reason: 'Statements are taken as application/json or multipart/mixed.' } : (body as ParsedBody);
}

const parameters = ({ query }: FastifyRequest) => query as Readonly<Record<string, string | readonly string[] | undefined>>;

function unknownParameters(request: FastifyRequest, known: readonly string[]): Problem | undefined {
  const unknown = Object.keys(parameters(request)).filter((name) => !known.includes(name));
  return unknown.length > 0 ? problem(400, `Unknown parameters: ${unknown.join(', ')}. Names are case-sensitive.`) : undefined;
}
