import { z } from 'zod';
import { goalLevels } from './learning.js';
import { Day, Id, Instant, through } from './basics.js';
import { Feedback, LocalText, PracticeAnswer, ShownItem } from './practice.js';

const SkillId = z.string().min(1).max(200);

/** Days with something practised, in a row save for rest days; and what was passed on the way. Null where the tenant or the learner wants none. */
export const Streak = z.object({
  days: z.number().int(),
  longest: z.number().int(),
  /** Days that may still be rested before it ends. */
  restsLeft: z.number().int(),
  practisedToday: z.boolean(),
});
export const Milestone = z.object({
  kind: z.enum(['answers', 'skills', 'streak']),
  reached: z.number().int(),
  next: z.number().int().nullable(),
  now: z.number().int(),
});
export const Badge = z
  .object({
    badge: Id,
    name: z.string(),
    title: LocalText,
    skills: z.array(z.object({ skill: SkillId, title: LocalText })),
    level: z.enum(goalLevels),
    awardedAt: Instant,
    revoked: z.boolean(),
    /** Where anybody can check it, signed in or not. */
    url: z.url(),
  })
  .meta({ id: 'Badge' });
export type Badge = z.infer<typeof Badge>;
export const Badges = z
  .object({
    ...through,
    items: z.array(Badge),
    /** Skill sets of which every skill is mastered now and no badge was taken yet. */
    ready: z.array(z.object({ subject: z.string(), title: LocalText })),
    streak: Streak.nullable(),
    milestones: z.array(Milestone),
    /** Whether the tenant gives badges. */
    allowed: z.boolean(),
  })
  .meta({ id: 'Badges' });
export type Badges = z.infer<typeof Badges>;
export const NewBadge = z.object({ subject: z.string().min(1).max(100) });
export const RevokeBadge = z.object({ reason: z.enum(['mistake', 'not-theirs', 'other']) });
/** A credential of Open Badges 3.0, as it was signed and as it can be read. */
export const PublicBadge = z.object({
  jwt: z.string(),
  credential: z.record(z.string(), z.unknown()),
  revoked: z.boolean(),
});
export const Issuer = z.object({
  '@context': z.array(z.string()),
  id: z.url(),
  type: z.array(z.string()),
  name: z.string(),
  /** Keys by which its badges are checked (RFC 7517). */
  jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }),
});

export const NewPlacement = z.object({ subject: z.string().min(1).max(100) });
/** A placement test as it stands; it goes on where it was left. */
export const Placement = z
  .object({
    assessment: Id.nullable(),
    subject: z.string().nullable(),
    title: LocalText.nullable(),
    asked: z.number().int(),
    most: z.number().int(),
    next: ShownItem.nullable(),
    /** What was found, once it is over. */
    report: z
      .object({
        known: z.array(z.object({ skill: SkillId, title: LocalText })),
        start: z.array(z.object({ skill: SkillId, title: LocalText })),
        areas: z.array(z.object({ skill: SkillId, title: LocalText, asked: z.number().int(), right: z.number().int() })),
        ability: z.number(),
        error: z.number(),
        endedOn: Day,
      })
      .nullable(),
    choices: z.array(z.object({ subject: z.string(), title: LocalText })),
  })
  .meta({ id: 'Placement' });
export type Placement = z.infer<typeof Placement>;
/** Whether a test has found something and asks no more. */
export const isPlacementOver = ({ report }: Placement): boolean => report !== null;
export const PlacementAnswer = z.object({
  item: z.string().min(1).max(500),
  response: z.string().max(2_000),
  seconds: z.number().min(0).max(86_400),
});

/** An answer that was given earlier, without a connection. The id makes sending it twice the same as once. */
export const KeptAnswer = z.object({ ...PracticeAnswer.shape, id: z.uuid(), at: Instant });
export const KeptAnswers = z.object({ answers: z.array(KeptAnswer).min(1).max(200) });
export const KeptAnswersTaken = z.object({
  items: z.array(z.object({ id: z.string(), kept: z.boolean(), feedback: Feedback.nullable(), because: z.enum(['unknown-item', 'too-old', 'not-yet', 'refused']).nullable() })),
}); // prettier-ignore
