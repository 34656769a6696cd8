import { z } from 'zod';
import { Id, Instant } from './basics.js';

const some = z.array(z.string().min(1).max(2_000)).min(1).max(200);

/** Which statements a target gets: all of what is named has to fit; what is left out fits everything. */
export const ForwardFilter = z
  .object({
    verbs: some.optional(),
    activities: some.optional(),
    /** Ids of the keys that sent them. */
    platforms: z.array(Id).min(1).max(200).optional(),
  })
  .strict()
  .meta({ id: 'ForwardFilter' });
export type ForwardFilter = z.infer<typeof ForwardFilter>;

const told = {
  name: z.string().trim().min(1).max(200),
  /** Another record store, or an address that gets signed batches. */
  kind: z.enum(['xapi', 'webhook']),
  /** The xAPI endpoint, without `/statements`; or where a webhook is posted. */
  url: z.url({ protocol: /^https?$/ }).max(2_000),
  /** Version of xAPI that it is spoken to in. */
  version: z.enum(['1.0.3', '2.0.0']),
} as const;

/** Somewhere that statements are sent on to, and how that goes. Its secret is never shown. */
export const ForwardTarget = z
  .object({
    id: z.string(),
    ...told,
    filter: ForwardFilter,
    /** It is told who people are; otherwise it gets tokens. */
    withIdentities: z.boolean(),
    active: z.boolean(),
    sent: z.number().int(),
    /** Refused by it for good; each is a dead letter. */
    setAside: z.number().int(),
    /** In a row, since it last took something. */
    failures: z.number().int(),
    lastError: z.string().nullable(),
    nextAttemptAt: Instant.nullable(),
  })
  .meta({ id: 'ForwardTarget' });
export type ForwardTarget = z.infer<typeof ForwardTarget>;
export const ForwardTargets = z.object({ items: z.array(ForwardTarget) });

export const NewForward = z
  .object({
    ...told,
    version: told.version.default('1.0.3'),
    /** `key:secret` of a record store; what a webhook's signature is made with. Kept sealed. */
    secret: z.string().min(1).max(2_000),
    filter: ForwardFilter.default({}),
    withIdentities: z.boolean().default(false),
    /** Only what is stored from now on, instead of all that is there. */
    fromNow: z.boolean().default(false),
  })
  .strict()
  .refine(({ kind, secret }) => kind === 'webhook' || /^[^:]+:./.test(secret), {
    path: ['secret'],
    message: 'of a record store is its key and secret, as key:secret',
  })
  .meta({ id: 'NewForward' });
/** Paused, nothing is sent; in force again it goes on where it was, at once. */
export const ForwardChange = z.object({ active: z.boolean() }).strict();
