import { type Credential } from '@pharos/registry';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { CredentialLimits } from '../limits/credential-limits.js';
import { FairTurns } from '../limits/fair-turns.js';
import { type Bounds, InFlightBound } from '../limits/in-flight-bound.js';
import { type JsonBody } from './json-body.js';
import { problem } from './problem.js';
import { refuse } from './reply.js';

/** What a body of unknown length is counted as: few are this large, and counting each at its bound would let in a handful. */
const UNKNOWN_BYTES = 2 * 1024 * 1024;

/** Requests that write and are worked on at once: so many fill a group of the log, and a turn comes within two of them. */
const WRITING_AT_ONCE = 64;

/**
 * Turns away what is too much: of one credential with 429, of all together with 503; both say when to come again. What writes
 * and is let in has its turn by credential.
 */
export class RequestLimiter {
  private readonly turns = new FairTurns(WRITING_AT_ONCE);
  private readonly leaves = new WeakMap<FastifyRequest, () => void>();
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
    // Counted where it matters: it takes the whole body to be read.
    if (credential.settings?.limits?.statementsPerSecond === undefined) return undefined;
    const wait = this.limits.take(credential, 'statementsPerSecond', statementsIn(body));
    return wait > 0 ? this.tooMany(reply, wait, 'statements') : undefined;
  }

  /** Once the body is there, so that whoever sends it slowly keeps no place: waits until it is this credential's turn to write. */
  async turn(request: FastifyRequest, reply: FastifyReply, { tenant, id }: Credential): Promise<void> {
    if (request.method === 'GET' || request.method === 'HEAD') return;
    const leave = await this.turns.enter(`${tenant}/${id}`);
    this.leaves.set(request, leave);
    // Whoever asked may be gone before there is an answer.
    if (reply.raw.destroyed) leave();
    else reply.raw.once('close', leave);
  }

  /** The answer is ready: the next one has its turn, however slowly it is read. */
  answered(request: FastifyRequest): void {
    this.leaves.get(request)?.();
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
  const { parsed } = body as JsonBody;
  return parsed.ok && Array.isArray(parsed.value) ? parsed.value.length : 1;
}
