import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor, StreamableFile } from '@nestjs/common';
import { type RouteShape, successStatus } from '@pharos/contract';
import { type EventLog } from '@pharos/event-log';
import { type FastifyReply } from 'fastify';
import { catchError, from, mergeMap, type Observable } from 'rxjs';
import { identityRead } from '../people/identity-read.js';
import { type Clock, CLOCK, LOG } from '../tokens.js';
import { Download, type PharosRequest, type RequestState } from './caller.js';

/** Weak, because two answers with other `through` but the same figures count as equal: the figures did not change. */
const etagOf = (answer: object): string =>
  `W/"${createHash('sha256')
    .update(JSON.stringify(answer, (key, value: unknown) => (key === 'through' ? undefined : value)))
    .digest('base64url')
    .slice(0, 27)}"`;

const names = (header: string | undefined, etag: string): boolean =>
  (header ?? '').split(',').some((each) => each.trim() === etag || each.trim() === '*');

/**
 * Sends an answer: first the fact of whose identity was read, then exactly the fields that the contract names.
 *
 * The answer is parsed by the route's shape, which drops whatever a handler put in besides; so nothing leaves by accident.
 */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  constructor(
    @Inject(LOG) private readonly log: EventLog,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<PharosRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      mergeMap((answer: unknown) => from(this.send(request, reply, answer))),
      catchError((error: unknown) => from(this.refuse(request, error))),
    );
  }

  /** A refusal may name a colleague (who was first), so it is recorded like an answer. */
  private async refuse(request: PharosRequest, error: unknown): Promise<never> {
    await this.recordIdentitiesRead(request.pharos!);
    throw error;
  }

  private async send(request: PharosRequest, reply: FastifyReply, answer: unknown): Promise<unknown> {
    const state = request.pharos!;
    await this.recordIdentitiesRead(state);
    if (state.cookie !== null) reply.header('set-cookie', state.cookie);
    if (state.through !== null) reply.header('consistent-through', state.through);
    reply.header('cache-control', 'private, no-cache').header('vary', 'Accept, Cookie');
    if (answer instanceof Download) return new StreamableFile(Readable.from(answer.chunks), { type: answer.format });
    return this.json(request, reply, state.route, answer);
  }

  private json(request: PharosRequest, reply: FastifyReply, route: RouteShape, answer: unknown): unknown {
    const schema = route.responses[successStatus(route)];
    if (!schema) return undefined;
    const body = schema.parse(answer) as object;
    if (route.etag) {
      const etag = etagOf(body);
      reply.header('etag', etag);
      if (names(request.headers['if-none-match'], etag)) {
        reply.status(304);
        return undefined;
      }
    }
    return body;
  }

  /** Durable before the answer leaves: an identity is never read without the fact of it. */
  private async recordIdentitiesRead(state: RequestState): Promise<void> {
    const { caller, identitiesRead, name } = state;
    if (!caller || identitiesRead.size === 0) return;
    const whom = [...identitiesRead].sort();
    identitiesRead.clear();
    await this.log.append([identityRead(caller.tenant, caller.id, whom, name, this.now())]);
  }
}
