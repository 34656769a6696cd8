import { type Answer, type DownloadFormat, type Parsed, type Role, type RouteShape } from '@pharos/contract';
import { type FastifyRequest } from 'fastify';

/** Who asks: a person who signed in, or a platform with its key. */
export interface Caller {
  readonly kind: 'person' | 'platform';
  readonly tenant: string;
  /** Id of the user or of the credential: who facts say it was. */
  readonly id: string;
  /** The person's own token; null for users who are in no roster. */
  readonly person: string | null;
  readonly login: string;
  readonly roles: readonly Role[];
  /** Schools that they may see; empty for all. */
  readonly schools: readonly string[];
  readonly scopes: readonly string[];
  /** The account's own language. */
  readonly locale: string;
  /** In which the answer is worded: what the request asks for, else the account's. */
  readonly language: string;
  readonly session: { readonly secret: string; readonly csrf: string; readonly expiresAt: Date } | null;
}

/** What happens to one request, between guard, handler and answer. */
export interface RequestState {
  readonly requestId: string;
  readonly name: string;
  readonly route: RouteShape;
  readonly caller: Caller | null;
  readonly asked: { readonly params: unknown; readonly query: unknown; readonly body: unknown };
  /** Tokens of the people whose identity was read; become one fact before the answer leaves. */
  readonly identitiesRead: Set<string>;
  /** Set by handlers whose numbers come from folded tables. */
  through: string | null;
  /** Cookie to set, if any. */
  cookie: string | null;
}

export interface PharosRequest extends FastifyRequest {
  pharos?: RequestState;
}

/** What a handler is given: parsed params, query and body; who asks; what they accept. */
export interface Call<R extends RouteShape> extends Parsed<R> {
  /** The caller; a route that is not public is never reached without one. */
  readonly caller: Caller;
  readonly format: DownloadFormat | null;
  readonly state: RequestState;
}

/** A table that is streamed instead of answered as JSON. */
export class Download {
  constructor(
    readonly format: DownloadFormat,
    readonly chunks: AsyncIterable<Uint8Array>,
  ) {}
}

export type Handler<R extends RouteShape> = (call: Call<R>) => Promise<Answer<R> | Download>;
