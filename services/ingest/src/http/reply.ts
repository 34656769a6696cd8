import { type Credential } from '@pharos/registry';
import { type XapiVersion } from '@pharos/xapi';
import { type FastifyReply } from 'fastify';
import { type Problem } from './problem.js';

/** Who asks, and in which version. */
export interface Caller {
  readonly credential: Credential;
  readonly version: XapiVersion;
}

export function refuse(reply: FastifyReply, body: Problem): FastifyReply {
  return reply.code(body.status).type('application/problem+json').send(JSON.stringify(body));
}
