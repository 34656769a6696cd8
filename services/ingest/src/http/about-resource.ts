import { type FastifyReply, type FastifyRequest } from 'fastify';
import { parametersOf } from './parameters.js';

/** Every patch that is answered; the latest of each major version has to be among them, and so has 1.0.0 (part three, 2.8). */
const ABOUT = JSON.stringify({ version: ['1.0.0', '1.0.1', '1.0.2', '1.0.3', '2.0.0'], extensions: {} });

/** Which versions are spoken here. Needs neither credential nor version. */
export function getAbout(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  parametersOf(request, []);
  return reply.type('application/json').send(ABOUT);
}
