import { z } from 'zod';
import { fact, instant, token } from './envelope.js';

/** What a job had read: the next offset of each partition it looked at, valid within one epoch of the log. */
export const positions = z.object({ epoch: z.string(), offsets: z.record(z.string(), z.array(z.number().int().nonnegative())) });
export type Positions = z.infer<typeof positions>;

/** One push on a score, in log-odds. `value` null: not known. `reference`: the classmates' median at the same day. */
export const contribution = z.object({
  feature: z.string(),
  value: z.number().nullable(),
  reference: z.number().nullable(),
  logOdds: z.number(),
});
export type Contribution = z.infer<typeof contribution>;

/** What became of learners with a score like this one, in held-out later data. `n` of them; `low` and `high`: 95 % Wilson interval. */
export const heldOutRate = z.object({ rate: z.number(), low: z.number(), high: z.number(), n: z.number().int() });

/** One learner's risk in one class as of one moment. Contributions and intercept add up to `logOdds`. */
export const RiskScored = fact(
  'RiskScored',
  1,
  z.object({
    learner: token,
    class: z.string(),
    term: z.string(),
    target: z.string(),
    asOf: instant,
    /** Full weeks since the class began; negative before it. */
    week: z.number().int(),
    /** Hash of the learned values that gave the score; see `ModelTrained`. */
    model: z.string(),
    recipe: z.string(),
    logOdds: z.number(),
    probability: z.number().min(0).max(1),
    /** Uncalibrated score, by which learners are ranked. */
    raw: z.number(),
    intercept: z.number(),
    contributions: z.array(contribution),
    heldOut: heldOutRate.nullable(),
    positions,
  }),
);

const estimate = z.object({ value: z.number().nullable(), low: z.number().nullable(), high: z.number().nullable() });

/** Learned values under their hash, and what they were learned from. `learned` is enough to score again. */
export const ModelTrained = fact(
  'ModelTrained',
  1,
  z.object({
    model: z.string(),
    recipe: z.string(),
    target: z.string(),
    /** Week of the classes that it is for; facts of before this was kept have none. */
    week: z.number().int().optional(),
    asOf: instant,
    positions,
    seed: z.number().int(),
    features: z.array(z.string()),
    window: z.object({ classes: z.array(z.string()), rows: z.number().int(), learners: z.number().int(), baseRate: z.number() }),
    /** Held-out later data: which classes, and each metric with its bootstrap interval. */
    validation: z.object({
      /** Judged on later classes, or, where only one term is known, on rows whose person the fit had not seen. */
      method: z.enum(['later-classes', 'person-folds', 'none']),
      classes: z.array(z.string()),
      rows: z.number().int(),
      metrics: z.record(z.string(), estimate),
      reliability: z.array(
        z.object({ from: z.number(), to: z.number(), n: z.number().int(), predicted: z.number(), observed: z.number() }),
      ),
      /** The same by course, of the same held-out rows: how many, how many ended as the target says, and metrics where they are enough to judge. */
      courses: z
        .array(z.object({ course: z.string(), rows: z.number().int(), failed: z.number().int(), metrics: z.record(z.string(), estimate) }))
        .optional(),
    }),
    learned: z.unknown(),
    /**
     * What the features that it rests on looked like in training: the share that was missing, and evenly spaced quantiles of the rest. Kept of
     * models that serve and learned from enough learners, so that a tenant who starts from one can be compared without its rows.
     */
    inputs: z.array(z.object({ feature: z.string(), missing: z.number(), quantiles: z.array(z.number()) })).optional(),
    /** Another tenant learned it, and somebody chose to start from it. */
    borrowed: z.object({ from: z.string(), by: z.string(), reason: z.string() }).optional(),
  }),
);

/**
 * The fairness report of a model on its held-out data. The report's shape is that of `libs/fairness`, with what could be changed
 * (`mitigations`) and how early learners were named (`leadTimes`, null where nothing is known of it).
 */
export const FairnessAudited = fact(
  'FairnessAudited',
  1,
  z.object({
    model: z.string(),
    recipe: z.string(),
    target: z.string(),
    asOf: instant,
    classes: z.array(z.string()),
    threshold: z.number(),
    report: z.unknown(),
  }),
);

/**
 * Whom a model named in classes whose outcomes nobody knows yet: selection rates by group and their shift, and nothing else.
 * The report's shape is `SelectionReport` of `libs/fairness`.
 */
export const SelectionAudited = fact(
  'SelectionAudited',
  1,
  z.object({
    model: z.string(),
    recipe: z.string(),
    target: z.string(),
    asOf: instant,
    classes: z.array(z.string()),
    threshold: z.number(),
    report: z.unknown(),
  }),
);

/**
 * Whether practice treats groups alike: items that ask more of a group at equal mastery, and groups that are offered harder, easier or
 * fewer new things. Groups under `minimum` are not in it. The report's shape is `AttributePractice[]` of the job that writes it.
 */
export const PracticeAudited = fact(
  'PracticeAudited',
  1,
  z.object({ asOf: instant, minimum: z.number().int().positive(), report: z.unknown() }),
);

const decision = z.object({
  model: z.string(),
  recipe: z.string(),
  target: z.string(),
  /** A user's token, or `gate`. */
  by: z.string(),
  reason: z.string(),
  evidence: z.unknown(),
});
export const ModelPromoted = fact('ModelPromoted', 1, decision);
export const ModelRejected = fact('ModelRejected', 1, decision);

/** What was served, set against what happened. */
export const ModelObserved = fact(
  'ModelObserved',
  1,
  z.object({ model: z.string(), recipe: z.string(), target: z.string(), asOf: instant, classes: z.array(z.string()), report: z.unknown() }),
);

/** A learner's level in a skill changed. Within a level nothing is said: the tables have what is known in between. */
export const MasteryEstimated = fact(
  'MasteryEstimated',
  1,
  z.object({
    learner: token,
    skill: z.string(),
    asOf: instant,
    model: z.string(),
    estimate: z.number(),
    low: z.number(),
    high: z.number(),
    evidence: z.number().int(),
    /** By the tenant's scheme; null where no answer is left. */
    level: z.string().nullable(),
  }),
);
