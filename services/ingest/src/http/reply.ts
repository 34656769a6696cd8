import { type Cmi5Session, type Credential } from '@pharos/registry';
import { type XapiVersion } from '@pharos/xapi';
import { type FastifyReply } from 'fastify';
import { errorType, problemText } from './error-format.js';
import { type Problem } from './problem.js';

/** Who asks, and in which version. */
export interface Caller {
  readonly credential: Credential;
  readonly version: XapiVersion;
  /** Where an assignable unit asks, with the token of its launch. */
  readonly session?: Cmi5Session;
}

/** Seconds after which what cannot be done now may be tried again. */
const RETRY_AFTER_S = 2;

/** What a sender was told is wrong. */
export type Told = Pick<Problem, 'detail' | 'errors'>;

const told = new WeakMap<FastifyReply, Told>();

/** Remembers what an answer says is wrong, for whoever counts it once it is sent. */
export const tells = (reply: FastifyReply, what: Told): void => void told.set(reply, what);
export const toldBy = (reply: FastifyReply): Told | undefined => told.get(reply);

/** Sends a problem in the form that the reader takes. What is refused for now (503, 507) says when to try again. */
export function refuse(reply: FastifyReply, body: Problem): FastifyReply {
  if ((body.status === 503 || body.status === 507) && !reply.hasHeader('Retry-After')) reply.header('Retry-After', RETRY_AFTER_S);
  tells(reply, body);
  const type = errorType(reply.request.headers.accept);
  return reply
    .code(body.status)
    .header('Vary', varying(reply.getHeader('Vary')))
    .type(type.startsWith('text/') ? `${type}; charset=utf-8` : type)
    .send(problemText(type, body));
}

/** Beside what the answer already varies with, such as the origin. */
const varying = (standing: unknown) => (typeof standing === 'string' && standing !== '' ? `${standing}, Accept` : 'Accept');
