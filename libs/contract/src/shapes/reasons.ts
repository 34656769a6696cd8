import { z } from 'zod';
import { Titled } from './basics.js';

/** Reasons that the catalogue of texts can word: `say(locale, 'reason.work-missed', params)`. */
export const reasonCodes = [
  'work-missed',
  'work-late',
  'not-submitted-first',
  'marks-low',
  'marks-falling',
  'silent-days',
  'activity-low',
  'activity-falling',
  'attendance-low',
  'incidents',
  'grade-failing',
  'late-registration',
  'previous-attempts',
  'credits-high',
  'wheel-spinning',
  'rapid-guessing',
  'hints-clicked',
  'other',
] as const;
export const ReasonCode = z.enum(reasonCodes);
export type ReasonCode = z.infer<typeof ReasonCode>;

/** One reason that a person can check and talk about. Word it with `reasonInWords(locale, reason)`. */
export const Reason = z
  .object({
    code: ReasonCode,
    class: Titled,
    params: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
    /** What this reason pushes the score by, in log-odds. */
    logOdds: z.number(),
    features: z.array(z.string()),
  })
  .meta({ id: 'Reason' });
export type Reason = z.infer<typeof Reason>;

/** How a reason differs from a week before. */
export const Change = z.object({ code: ReasonCode, class: Titled, how: z.enum(['new', 'gone', 'worse', 'better']) });
export type Change = z.infer<typeof Change>;

/** What became of learners with a score like this one, in held-out later data (95 % Wilson interval). */
export const HeldOut = z.object({ rate: z.number(), low: z.number(), high: z.number(), n: z.number().int() });
export type HeldOut = z.infer<typeof HeldOut>;

/** One push on a score. `value` null: not known. `reference`: the classmates' median of the same day. */
export const Contribution = z.object({
  feature: z.string(),
  value: z.number().nullable(),
  reference: z.number().nullable(),
  logOdds: z.number(),
});
export type Contribution = z.infer<typeof Contribution>;

/** How far a risk may be trusted; word it with `say(locale, 'sure.rule')` and so on. */
export const Sureness = z.enum(['model', 'rule', 'little-data', 'model-old']);
export type Sureness = z.infer<typeof Sureness>;

/** A risk. Words first: `riskInWords(locale, risk)`; the number, its interval and since when come second. */
export const Risk = z
  .object({
    /** `not-pass`, `course-failure`, `chronic-absence`. */
    target: z.string(),
    probability: z.number(),
    /** Uncalibrated score that learners are ranked by. */
    raw: z.number(),
    heldOut: HeldOut.nullable(),
    sure: Sureness,
    model: z.string(),
    recipe: z.string(),
    asOf: z.iso.datetime(),
  })
  .meta({ id: 'Risk' });
export type Risk = z.infer<typeof Risk>;
