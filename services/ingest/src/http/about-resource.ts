import { type FastifyReply } from 'fastify';
import { VERSIONS } from './xapi-version.js';

/** The latest patch of each major version (part three, 2.8). */
const ABOUT = JSON.stringify({ version: VERSIONS, extensions: {} });

/** Which versions are spoken here. Needs neither credential nor version. */
export const getAbout = (reply: FastifyReply): FastifyReply => reply.type('application/json').send(ABOUT);
