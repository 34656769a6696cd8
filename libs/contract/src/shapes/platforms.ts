import { z } from 'zod';
import { Id, Instant, page, pageQuery, PersonName, through, Titled } from './basics.js';
import { Reason } from './reasons.js';

/** One thing that a platform gets wrong. `refused`: it was not taken; `advice`: it was, and breaks what the specification says SHOULD be. */
export const PlatformFinding = z
  .object({
    credential: z.string(),
    finding: z.string(),
    kind: z.enum(['refused', 'advice']),
    /** HTTP's word for a refusal. */
    status: z.number().int().nullable(),
    /** Within the statement; empty where the whole request is to blame. */
    path: z.string(),
    message: z.string(),
    count: z.number().int(),
    firstAt: Instant,
    lastAt: Instant,
    /** Whether the latest body that was so can be opened. */
    hasExample: z.boolean(),
  })
  .meta({ id: 'PlatformFinding' });
export type PlatformFinding = z.infer<typeof PlatformFinding>;

/** What came in the last hour, and what was wrong with what did not. */
export const PlatformsLive = z
  .object({
    ...through,
    items: z.array(
      z.object({
        credential: z.string(),
        lastStatementAt: Instant.nullable(),
        /** Statements stored in each of the last 60 minutes; the last one is still running. */
        minutes: z.array(z.number().int()).length(60),
      }),
    ),
    findings: z.array(PlatformFinding),
  })
  .meta({ id: 'PlatformsLive' });
export type PlatformsLive = z.infer<typeof PlatformsLive>;

/** A body that was refused, or could be better, as it was sent: it may name people. Cut after 20,000 characters. */
export const FindingExample = z.object({ text: z.string() }).meta({ id: 'FindingExample' });

/** Something in the words that its sender gave it, else in words made of its IRI. */
export const Worded = z.object({ id: z.string(), words: z.string() }).meta({ id: 'Worded' });

/** A statement as a line tells it. */
export const StatementRow = z
  .object({
    id: z.string(),
    recordedAt: Instant,
    occurredAt: Instant,
    credential: z.string(),
    actor: PersonName,
    verb: Worded,
    object: z.object({ ...Worded.shape, kind: z.enum(['activity', 'person', 'statement', 'sub-statement']) }),
    /** As graded at the door; null where there was nothing to grade. */
    correct: z.boolean().nullable(),
    /** -1 to 1. */
    scaled: z.number().nullable(),
    durationSeconds: z.number().nullable(),
    voided: z.boolean(),
  })
  .meta({ id: 'StatementRow' });
export type StatementRow = z.infer<typeof StatementRow>;
export const StatementRows = z.object({ ...page(StatementRow).shape, ...through });
export type StatementRows = z.infer<typeof StatementRows>;

/** `names`: say who acted. Each such reading is recorded. */
const names = z.literal('true').optional();
export const StatementListQuery = z.object({
  ...pageQuery,
  platform: Id.optional(),
  verb: z.string().min(1).max(2_000).optional(),
  activity: z.string().min(1).max(2_000).optional(),
  since: Instant.optional(),
  names,
});
export const StatementQuery = z.object({ names });

/** One statement, and what Pharos made of it. */
export const StatementDetail = z
  .object({
    ...through,
    statement: StatementRow,
    /** As a reader of the record store gets it; with tokens in the place of people, unless names were asked for. */
    json: z.string(),
    derived: z.object({
      /** What the learner did, in the few words that activity is rolled up by: `answered` in `practice`. */
      action: z.string(),
      kind: z.string(),
      class: Titled.nullable(),
      /** It counts as handed in, answered or marked. */
      attempt: z.boolean(),
      /** Skills that it is evidence for, with what is known of the learner now. */
      skills: z.array(z.object({ skill: z.string(), title: z.string(), probability: z.number().nullable(), evidence: z.number().int() })),
      /** Levels that changed when it was folded; null where there was none, or is none any more. */
      levels: z.array(z.object({ skill: z.string(), title: z.string(), from: z.string().nullable(), to: z.string().nullable() })),
      /** All that the learner did that day, with this. */
      day: z.object({ day: z.iso.date(), events: z.number().int(), seconds: z.number() }).nullable(),
      /** Alerts of the learner, newest first; their reasons come from all of what the learner did. */
      alerts: z.array(z.object({ alert: Id, status: z.string(), raisedAt: Instant, reasons: z.array(Reason) })),
    }),
  })
  .meta({ id: 'StatementDetail' });
export type StatementDetail = z.infer<typeof StatementDetail>;
