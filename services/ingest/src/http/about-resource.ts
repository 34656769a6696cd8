import { type FastifyReply, type FastifyRequest } from 'fastify';
import { parametersOf } from './parameters.js';
import { VERSIONS } from './xapi-version.js';

/** The latest patch of each major version (part three, 2.8). */
const ABOUT = JSON.stringify({ version: VERSIONS, extensions: {} });

/** Which versions are spoken here. Needs neither credential nor version. */
export function getAbout(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  parametersOf(request, []);
  return reply.type('application/json').send(ABOUT);
}
