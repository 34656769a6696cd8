import { z } from 'zod';
import { Role } from '../roles.js';
import { Day, Instant, through } from './basics.js';
import { LocalText } from './practice.js';

export const readPurposes = ['page', 'class', 'caseload', 'alert', 'message', 'platform', 'other'] as const;
/** Who read a learner's identity, by role, why and when; the learner's own reading is left out. */
export const Reads = z
  .object({
    ...through,
    /** Looked back so far. */
    days: z.number().int(),
    items: z.array(
      z.object({ who: z.union([Role, z.literal('pharos')]), why: z.enum(readPurposes), times: z.number().int(), last: Instant }),
    ),
  })
  .meta({ id: 'Reads' });
export type Reads = z.infer<typeof Reads>;

const Named = z.object({ skill: z.string(), title: LocalText });
/** A kind word where practice does not help at the moment: what may help instead. Never a verdict. */
export const Encouragement = z
  .object({
    ...through,
    items: z.array(
      z.object({
        code: z.enum(['wheel-spinning', 'rapid-guessing', 'hint-abuse', 'long-silence']),
        /** For a skill that does not get anywhere, with what it stands on. */
        skill: Named.nullable(),
        before: z.array(Named),
      }),
    ),
  })
  .meta({ id: 'Encouragement' });
export type Encouragement = z.infer<typeof Encouragement>;

/** What share of a test over all skills of a subject a learner is likely to get right at the end. Shares 0 to 1. */
export const Outlooks = z
  .object({
    ...through,
    /** Items of the test that is spoken of. */
    test: z.number().int(),
    items: z.array(
      z.object({
        subject: z.string(),
        title: LocalText,
        endsOn: Day,
        /** Skills of the subject, and those that were tried. */
        skills: z.number().int(),
        tried: z.number().int(),
        perWeek: z.number(),
        now: z.number(),
        likely: z.number(),
        low: z.number(),
        high: z.number(),
      }),
    ),
  })
  .meta({ id: 'Outlooks' });
export type Outlooks = z.infer<typeof Outlooks>;
