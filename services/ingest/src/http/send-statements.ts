import { type FastifyReply } from 'fastify';
import { type Door } from '../door/door.js';
import { type LoggedStatement, type ReadStatement } from '../door/read-statement.js';
import { type RecordStore } from '../records/record-store.js';
import { multipartBody } from './multipart.js';

export interface Sent {
  readonly logged: readonly LoggedStatement[];
  readonly answered: readonly ReadStatement[];
  /** With the raw contents of their attachments. */
  readonly attachments: boolean;
}

/** Sends statements as JSON, or in parts with the raw content of their attachments. */
export function sendStatements(
  _door: Door,
  _store: RecordStore | undefined,
  _tenant: string,
  reply: FastifyReply,
  body: unknown,
  { attachments }: Sent,
): FastifyReply {
  const json = JSON.stringify(body);
  if (!attachments) return reply.type('application/json').send(json);
  const parts = multipartBody(json, []);
  return reply.type(parts.contentType).send(parts.body);
}
