import { hash } from 'node:crypto';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { matches } from '../documents/preconditions.js';

/**
 * Sends a value as JSON with its ETag, the SHA-1 of what is sent; 304 to whoever has it already.
 *
 * Source: xAPI 1.0.3, part three, 3.1.
 */
export function sendTagged({ headers }: FastifyRequest, reply: FastifyReply, value: unknown): FastifyReply {
  const json = JSON.stringify(value);
  const etag = hash('sha1', json, 'hex');
  reply.header('ETag', `"${etag}"`);
  const known = headers['if-none-match'];
  if (known !== undefined && matches(known, { etag })) return reply.code(304).send();
  return reply.type('application/json').send(json);
}
