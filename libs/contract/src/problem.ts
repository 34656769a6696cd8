import { z } from 'zod';
import { Instant, PersonName } from './shapes/basics.js';

/** Every way in which a request can be refused, with its status. The code is the last part of the problem's `type`. */
export const problemStatus = {
  'bad-request': 400,
  'sign-in-failed': 401,
  'signed-out': 401,
  'csrf-missing': 403,
  'not-allowed': 403,
  'not-found': 404,
  'not-acceptable': 406,
  conflict: 409,
  'too-late': 409,
  'too-large': 413,
  'unsupported-media-type': 415,
  'not-possible': 422,
  'locked-out': 429,
  'internal-error': 500,
  'not-ready': 503,
} as const;

export type ProblemCode = keyof typeof problemStatus;
export const problemCodes = Object.keys(problemStatus) as [ProblemCode, ...ProblemCode[]];

/** What happened first, when two people act on one alert at once: the loser of the race is told by whom, what and when. */
export const Conflict = z.object({
  /** Type of the fact that won: `AlertResolved`, `AlertAcknowledged`, ... See `say(locale, 'action.AlertResolved', …)`. */
  what: z.string(),
  by: PersonName,
  at: Instant,
  /** Version and status of the alert as it is now. */
  version: z.number().int(),
  status: z.string(),
});
export type Conflict = z.infer<typeof Conflict>;

/** Problem details (RFC 9457), `application/problem+json`. No text in it names a person, save `conflict.by` (a colleague). */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.enum(problemCodes),
    detail: z.string().optional(),
    /** `urn:pharos:request:ID`: what to quote to the operator; also in the header `X-Request-Id`. */
    instance: z.string(),
    /** Where in the request it is wrong: `query.limit`, `body.until`. */
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    conflict: Conflict.optional(),
    retryAfterSeconds: z.number().int().optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;

/** `urn:pharos:problem:conflict`. */
export const problemType = (code: ProblemCode): string => `urn:pharos:problem:${code}`;
