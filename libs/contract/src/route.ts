import { type z } from 'zod';
import { type ProblemCode } from './problem.js';
import { type Role } from './roles.js';

/** Formats in which a table can be taken away besides JSON, chosen by the header `Accept`. */
export const ARROW = 'application/vnd.apache.arrow.stream';
export const CSV = 'text/csv';
/** Server-sent events: news as they come, until the reader leaves. */
export const EVENTS = 'text/event-stream';
export const CALENDAR = 'text/calendar';
export type DownloadFormat = typeof ARROW | typeof CSV | typeof EVENTS | typeof CALENDAR;

/**
 * One way to ask or act, as data. The server's binding and validation, the page's client, the OpenAPI document and the
 * probe of every role and tenant are all made from it, so that they cannot drift apart.
 */
export interface RouteShape {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api`, with params in braces: `/alerts/{alert}/acknowledge`. */
  readonly path: string;
  readonly summary: string;
  /** Who may call; `public`: anyone, signed in or not. */
  readonly roles: readonly Role[] | 'public';
  /** Answers with the caller's tenant's data only. */
  readonly tenantScoped: boolean;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** By status; exactly one of 2xx. `null`: no body. */
  readonly responses: Readonly<Record<number, z.ZodType | null>>;
  /** Besides those that every route may answer. */
  readonly errors: readonly ProblemCode[];
  readonly download?: readonly DownloadFormat[];
  /** Answers with an ETag, and with 304 to `If-None-Match`. */
  readonly etag?: boolean;
}

/** Declares a route. @example route({ method: 'GET', path: '/health', summary: '…', roles: 'public', tenantScoped: false, responses: { 200: Health }, errors: [] }) */
export function route<const Shape extends RouteShape>(shape: Shape): Shape {
  return shape;
}

type BodyOf<Response> = Response extends z.ZodType ? z.output<Response> : undefined;

/** What a route answers when all is well. */
export type Answer<R extends RouteShape> = BodyOf<R['responses'][keyof R['responses']]>;

/** What a handler is given: everything parsed, defaults filled in. */
export interface Parsed<R extends RouteShape> {
  readonly params: R extends { readonly params: infer P extends z.ZodType } ? z.output<P> : undefined;
  readonly query: R extends { readonly query: infer Q extends z.ZodType } ? z.output<Q> : undefined;
  readonly body: R extends { readonly body: infer B extends z.ZodType } ? z.output<B> : undefined;
}

type Part<Key extends string, Value> =
  Record<never, never> extends Value ? Readonly<Partial<Record<Key, Value>>> : Readonly<Record<Key, Value>>;

/** What a caller has to give. */
export type Asked<R extends RouteShape> = (R extends { readonly params: infer P extends z.ZodType }
  ? { readonly params: z.input<P> }
  : object) &
  (R extends { readonly query: infer Q extends z.ZodType } ? Part<'query', z.input<Q>> : object) &
  (R extends { readonly body: infer B extends z.ZodType } ? { readonly body: z.input<B> } : object);

/** The status of success: the one 2xx among the responses. */
export function successStatus(shape: RouteShape): number {
  const status = Object.keys(shape.responses)
    .map(Number)
    .find((code) => code >= 200 && code < 300);
  if (status === undefined) throw new RangeError(`${shape.method} ${shape.path} has no response of 2xx`);
  return status;
}
