import { z } from 'zod';
import { day, fact, token } from './envelope.js';

/** What a learner worked with, for roll-ups: a closed list, so that a dashboard's series keep their meaning. */
export const activityKinds = [
  'video',
  'reading',
  'practice',
  'assessment',
  'assignment',
  'forum',
  'page',
  'file',
  'game',
  'other',
] as const;

/** What a learner did with it. */
export const activityActions = [
  'viewed', 'started', 'answered', 'submitted', 'scored', 'completed', 'interacted', 'voided', 'other',
] as const; // prettier-ignore

/** Any JSON object, as it is: a record's schema would look at each key and make a copy, a tenth of what reading a statement costs. */
const jsonObject = z.custom<Readonly<Record<string, unknown>>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'expected a JSON object',
);

/**
 * One xAPI statement, with tokens in place of people and sealed values in place of open text.
 *
 * Beside the statement stand what the door worked out once: what it is about and how it was graded. Answers are
 * graded before they are sealed, so `correct` outlives the erasure of the answer.
 */
export const StatementRecorded = fact(
  'StatementRecorded',
  1,
  z.object({
    /** The statement as JSON object, agents and open text replaced. Not validated again: the door did, and it may be large. */
    statement: jsonObject,
    xapi: z.enum(['1.0.3', '2.0.0']),
    /** Keyed hash of the comparable content: what a resend is recognised by. */
    hash: z.string(),
    /** Id of the credential that sent it. */
    credential: z.string(),
    /** First token of the actor. */
    learner: token,
    verb: z.string(),
    /** The object's activity id; empty for statements about agents or other statements. */
    activity: z.string(),
    activityType: z.string(),
    kind: z.enum(activityKinds),
    action: z.enum(activityActions),
    /** IRIs of `contextActivities.grouping`, then `parent`, as sent: how a statement finds its class. */
    context: z.array(z.string()),
    registration: z.string().optional(),
    /** Interactions that the statement stands for (a click count, for instance); 1 unless the source says more. */
    amount: z.number().nonnegative(),
    durationSeconds: z.number().nonnegative().optional(),
    /** Score in [-1, 1] as sent or worked out from raw, min and max. */
    scaled: z.number().min(-1).max(1).optional(),
    correct: z.boolean().optional(),
    /** Partial credit of an answer that Pharos graded itself, by the stated rules of its grading; 1 exactly when correct. */
    credit: z.number().min(0).max(1).optional(),
    /** Why an answer that states no success could not be graded: it is reported, and counts neither as right nor as wrong. */
    ungraded: z.string().optional(),
    /** Id of the statement that this one refers to (voiding among others). */
    refersTo: z.string().optional(),
    /** Numbers that a double does not hold, with their places, as JSON that is sealed with the learner's key. */
    exactNumbers: z.string().optional(),
    /** The sender may not say what activities are: what it says of them stands in this statement and goes nowhere else. */
    defines: z.literal(false).optional(),
  }),
);

/** A statement that takes another back. Folded as a set of (target, voider), whichever arrives first. */
export const StatementVoided = fact('StatementVoided', 1, z.object({ target: z.string(), voider: z.string() }));

/** A platform's own total over days, for sources that report totals. Ignored wherever single events cover the period. */
export const ActivitySummarised = fact(
  'ActivitySummarised',
  1,
  z.object({
    learner: token,
    class: z.string(),
    /** Name of the total, so that later ones of the same name and start replace it: `before-start`, `to-day-56`. */
    period: z.string(),
    /** First day, inclusive. */
    from: day,
    /** Last day, inclusive. */
    to: day,
    events: z.number().int().nonnegative(),
    amount: z.number().nonnegative(),
  }),
);
