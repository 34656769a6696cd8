import { z } from 'zod';
import { Instant, page, pageQuery, through } from './basics.js';

export const JobRun = z
  .object({
    id: z.string(),
    job: z.string(),
    slot: z.string(),
    asOf: Instant,
    startedAt: Instant,
    finishedAt: Instant.nullable(),
    durationMs: z.number().nullable(),
    /** Null: still running, or its process died. */
    outcome: z.enum(['ok', 'failed', 'skipped']).nullable(),
    reason: z.string().nullable(),
    counts: z.record(z.string(), z.number()),
    attempt: z.number().int(),
  })
  .meta({ id: 'JobRun' });
export type JobRun = z.infer<typeof JobRun>;
export const JobRuns = page(JobRun);
export const JobRunQuery = z.object({ ...pageQuery, job: z.string().max(64).optional() });

/** What could not be taken or folded. Its bytes stay sealed: they may hold identities. */
export const DeadLetter = z
  .object({
    id: z.string(),
    at: Instant,
    source: z.string(),
    place: z.string(),
    step: z.string(),
    reason: z.string(),
    sealed: z.boolean(),
    /** What was done about it; null while it waits for somebody. */
    settled: z.object({ how: z.enum(['replayed', 'repaired', 'dismissed']), at: Instant, statements: z.array(z.string()) }).nullable(),
  })
  .meta({ id: 'DeadLetter' });
export type DeadLetter = z.infer<typeof DeadLetter>;
export const DeadLetters = page(DeadLetter);
/** With what it holds, which may name people. */
export const OpenedLetter = z.object({ letter: DeadLetter, text: z.string(), resendable: z.boolean() }).meta({ id: 'OpenedLetter' });
export type OpenedLetter = z.infer<typeof OpenedLetter>;
/** `statement`: as somebody repaired it, as JSON; left out, the letter's own is sent again. */
export const LetterResend = z.object({ statement: z.string().max(5_000_000).optional() }).strict();
export const LettersResend = z.object({ letters: z.array(z.string().min(1).max(200)).min(1).max(500) }).strict();
/** What became of each letter that was sent again. */
export const LettersResent = z.object({
  items: z.array(
    z.object({
      letter: z.string(),
      ok: z.boolean(),
      statements: z.array(z.string()),
      reason: z.string().nullable(),
      errors: z.array(z.object({ path: z.string(), message: z.string() })),
    }),
  ),
});
export type LettersResent = z.infer<typeof LettersResent>;
export const DeadLetterQuery = z.object({ ...pageQuery, source: z.string().max(100).optional() });

export const ImportRun = z.object({
  id: z.string(),
  kind: z.string(),
  file: z.string(),
  startedAt: Instant,
  finishedAt: Instant.nullable(),
  outcome: z.enum(['ok', 'failed']).nullable(),
  progress: z.record(z.string(), z.number()),
});
export const Imports = z.object({ items: z.array(ImportRun) });

/** One platform's key, and whether its data arrives. */
export const Platform = z
  .object({
    credential: z.string(),
    name: z.string(),
    revoked: z.boolean(),
    lastSeenAt: Instant.nullable(),
    lastStatementAt: Instant.nullable(),
    statements: z.number().int(),
    statementsLastDay: z.number().int(),
    /** Last day on which it sent anything, where it fell silent since: alerts that rest on activity wait for it. */
    silentSince: z.iso.date().nullable(),
  })
  .meta({ id: 'Platform' });
export const Platforms = z
  .object({
    ...through,
    items: z.array(Platform),
    /** What was refused lately, by cause, with where the latest one stands. */
    errors: z.array(
      z.object({ source: z.string(), step: z.string(), reason: z.string(), count: z.number().int(), lastAt: Instant, example: z.string() }),
    ),
    /** Alerts that nobody was told of yet, because a platform fell silent. */
    heldAlerts: z.number().int(),
    /** Actors that no roster knows. */
    unknownActors: z.number().int(),
  })
  .meta({ id: 'Platforms' });
export type Platforms = z.infer<typeof Platforms>;

/** Work that goes on beside the service and makes its answers grow, such as filling the demo. */
export const Preparing = z
  .object({ step: z.enum(['people', 'statements', 'jobs']), done: z.number().int(), of: z.number().int() })
  .meta({ id: 'Preparing' });
export type Preparing = z.infer<typeof Preparing>;

export const Health = z.object({
  status: z.enum(['ok', 'not-ready']),
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string().nullable() })),
  /** Null when all that was to be there is there. */
  preparing: Preparing.nullable(),
});
export type Health = z.infer<typeof Health>;
