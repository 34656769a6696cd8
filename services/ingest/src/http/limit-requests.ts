import { type Credential } from '@pharos/registry';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { CredentialLimits } from '../limits/credential-limits.js';
import { type Bounds, InFlightBound } from '../limits/in-flight-bound.js';
import { type ParsedBody } from './json-body.js';
import { problem } from './problem.js';
import { refuse } from './reply.js';

/** What a body of unknown length is counted as: few are this large, and counting each at its bound would let in a handful. */
const UNKNOWN_BYTES = 2 * 1024 * 1024;

/** Turns away what is too much: of one credential with 429, of all together with 503; both say when to come again. */
export class RequestLimiter {
  private readonly limits = new CredentialLimits();
  private readonly inFlight: InFlightBound;

  /** @param bodyLimit no body is larger */
  constructor(
    private readonly bodyLimit: number,
    bounds?: Bounds,
  ) {
    this.inFlight = new InFlightBound(bounds);
  }

  /**
   * Before the body is read.
   *
   * @param credential none for a request in the alternate syntax: its form says who asks
   */
  enter(request: FastifyRequest, reply: FastifyReply, credential?: Credential): FastifyReply | undefined {
    const bytes = this.bytesOf(request);
    const leave = this.inFlight.enter(credential === undefined ? '' : `${credential.tenant}/${credential.id}`, bytes);
    if (leave === undefined) return refuse(reply, problem(503, 'Too much is being answered at once. Nothing was read; send it again.'));
    // Closed when it was answered, and also when whoever asked has gone.
    reply.raw.once('close', leave);
    if (credential === undefined) return undefined;
    const wait = this.limits.take(credential, 'requestsPerSecond', 1) || this.limits.take(credential, 'bytesPerSecond', bytes);
    return wait > 0 ? this.tooMany(reply, wait, 'requests or bytes') : undefined;
  }

  /** Once the body is read: how many statements it holds. */
  measure({ body }: FastifyRequest, reply: FastifyReply, credential: Credential): FastifyReply | undefined {
    const wait = this.limits.take(credential, 'statementsPerSecond', statementsIn(body));
    return wait > 0 ? this.tooMany(reply, wait, 'statements') : undefined;
  }

  private tooMany(reply: FastifyReply, waitMs: number, of: string): FastifyReply {
    reply.header('Retry-After', Math.ceil(waitMs / 1_000));
    return refuse(reply, problem(429, `More ${of} a second than this credential may send. Nothing was stored; send it again later.`));
  }

  private bytesOf({ headers }: FastifyRequest): number {
    if (headers['transfer-encoding'] !== undefined) return Math.min(UNKNOWN_BYTES, this.bodyLimit);
    return Math.min(Number(headers['content-length'] ?? 0), this.bodyLimit);
  }
}

/** A body in parts is taken apart later, and counts as one statement. */
function statementsIn(body: unknown): number {
  if (body === undefined || body === null) return 0;
  if (Buffer.isBuffer(body)) return 1;
  const parsed = body as ParsedBody;
  return parsed.ok && Array.isArray(parsed.value) ? parsed.value.length : 1;
}
