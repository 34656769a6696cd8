import { type FastifyReply } from 'fastify';
import { contentsOf } from '../attachments/attachment-store.js';
import { type Door } from '../door/door.js';
import { type LoggedStatement } from '../door/read-statement.js';
import { type RecordStore } from '../records/record-store.js';
import { multipartBody } from './multipart.js';

export interface Sending {
  readonly door: Pick<Door, 'vault'>;
  readonly store: RecordStore | undefined;
  readonly tenant: string;
  /** The statements as the log holds them, whose contents the reader may see. */
  readonly logged: readonly LoggedStatement[];
  /** With the raw contents of their attachments. */
  readonly attachments: boolean;
}

/** Sends statements as JSON, or in parts with the raw content of their attachments. */
export async function sendStatements(
  reply: FastifyReply,
  body: unknown,
  { door, store, tenant, logged, attachments }: Sending,
): Promise<FastifyReply> {
  const json = JSON.stringify(body);
  if (!attachments) return reply.type('application/json').send(json);
  const contents = store === undefined ? [] : await contentsOf(store.attachments, door.vault, tenant, logged);
  const parts = multipartBody(json, contents);
  return reply.header('Content-Type', parts.contentType).send(parts.body);
}
