import { z } from 'zod';

/** What a tenant allows on the learners' side. Shares 0 to 1, hours of the tenant's day. */
export const LearningPolicy = z
  .object({
    streaks: z.boolean(),
    badges: z.boolean(),
    /** Nobody, everybody who did not opt out, or only those for whom a guardian agreed. */
    nudges: z.enum(['off', 'on', 'with-consent']),
    nudgesPerWeek: z.number().int().min(1).max(7),
    /** Share of learners who are never written to, so that it can be told what nudges do. */
    heldOut: z.number().min(0).max(0.5),
    quietHours: z.object({ from: z.number().int().min(0).max(23), to: z.number().int().min(0).max(23) }),
    /** Whether teachers get a letter each week; without a word they do. */
    digest: z.enum(['on', 'off']).optional(),
  })
  .meta({ id: 'LearningPolicy' });
export type LearningPolicy = z.infer<typeof LearningPolicy>;
export const LearningPolicySet = z.object({ version: z.number().int().nonnegative(), value: LearningPolicy });

export const NudgeConsent = z.object({ granted: z.boolean() });

export const nudgeReasons = ['goal-slipping', 'comeback', 'review-due'] as const;
const Group = z.object({ learners: z.number().int(), returned: z.number().int(), share: z.number(), low: z.number(), high: z.number() });
/** Written to against held out; the difference is of shares, with its 95 % interval. */
const Effect = z.object({ written: Group, heldOut: Group, difference: z.number(), low: z.number(), high: z.number() });
/** Whether nudges help. The outcome was fixed before the first was sent: an answer within seven days. */
export const NudgeEffects = z
  .object({
    days: z.number().int(),
    /** Learners of the first decisions whose seven days are not over: they are not counted yet. */
    waiting: z.number().int(),
    /** A group of fewer is not shown. */
    minimum: z.number().int(),
    /** Null where a group has too few. */
    all: Effect.nullable(),
    reasons: z.array(z.object({ reason: z.enum(nudgeReasons), effect: Effect.nullable() })),
  })
  .meta({ id: 'NudgeEffects' });
export type NudgeEffects = z.infer<typeof NudgeEffects>;
