import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type StatementBatch } from '../door/batch.js';
import { type Door } from '../door/door.js';
import { acceptLeniently } from '../door/lenient.js';
import { type Caller, refuse, tells } from './reply.js';
import { problemOf } from './problem.js';

const LENIENT = /(^|[,;])\s*handling\s*=\s*"?lenient"?\s*($|[,;])/i;

/**
 * Whether a batch is to be handled leniently: its sender asks for it (RFC 7240) and its credential may. Others are
 * handled strictly; that the answer has no `Preference-Applied` tells them so.
 */
export function handledLeniently({ headers }: FastifyRequest, { credential }: Caller): boolean {
  const { prefer } = headers;
  const asked = Array.isArray(prefer) ? prefer.join(',') : prefer;
  return credential.settings?.lenient === true && asked !== undefined && LENIENT.test(asked);
}

/** Stores what is good of a batch; answers the ids stored, and for each other statement why not and which dead letter keeps it. */
export async function postLeniently(door: Door, batch: StatementBatch, reply: FastifyReply): Promise<FastifyReply> {
  const accepted = await acceptLeniently(door, batch);
  if (!accepted.ok) return refuse(reply, problemOf(accepted.refused));
  const { stored, setAside } = accepted;
  const errors = setAside.flatMap(({ index, errors: own }) => own.map(({ path, message }) => ({ path: `[${index}].${path}`, message })));
  if (errors.length > 0) tells(reply, { detail: 'Statements were set aside.', errors });
  return reply.header('Preference-Applied', 'handling=lenient').type('application/json').send(JSON.stringify({ stored, setAside }));
}
