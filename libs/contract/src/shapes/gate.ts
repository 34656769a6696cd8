import { z } from 'zod';
import { Estimate, Instant, page, pageQuery } from './basics.js';

const Difference = z.object({ value: z.number(), low: z.number(), high: z.number() });

/** What a gate compared: a model against another on the same held-out later learners. */
export const GateEvidence = z
  .object({
    kind: z.enum(['first', 'refit', 'new-recipe', 'person', 'cold-start']),
    week: z.number().int().nullable(),
    against: z.object({ recipe: z.string(), model: z.string().nullable() }).nullable(),
    verdict: z.enum(['superior', 'non-inferior', 'not-shown', 'worse', 'not-decidable', 'unfair', 'by-person', 'nothing-to-compare']),
    classes: z.array(z.string()),
    rows: z.number().int(),
    /** Share of the learners that counselors can see. */
    capacity: z.number(),
    /** Learners who would be named at that capacity; under 50 nothing is decided. */
    selected: z.number(),
    precision: z.object({ candidate: z.number(), present: z.number(), difference: Difference }).nullable(),
    logLoss: z.object({ candidate: z.number(), present: z.number(), difference: Difference, margin: z.number() }).nullable(),
    /** `contenders`: recipes of which the one with the least log loss was tried; they share the level. */
    budget: z
      .object({
        total: z.number(),
        attempt: z.number().int(),
        level: z.number(),
        pValue: z.number(),
        contenders: z.number().int().optional(),
      })
      .nullable(),
    fairness: z
      .object({
        passed: z.boolean(),
        limitPer100: z.number(),
        failures: z.array(
          z.object({
            attribute: z.string(),
            group: z.string(),
            metric: z.string(),
            per100: z.number(),
            presentPer100: z.number().nullable(),
          }),
        ),
      })
      .nullable(),
  })
  .meta({ id: 'GateEvidence' });
export type GateEvidence = z.infer<typeof GateEvidence>;

/** A model was put to use or turned down, by the gate or by a person. */
export const GateDecision = z
  .object({
    id: z.string(),
    at: Instant,
    model: z.string(),
    recipe: z.string(),
    target: z.string(),
    outcome: z.enum(['promoted', 'rejected']),
    /** `gate`, or the id of a user. */
    by: z.string(),
    reason: z.string(),
    /** Null for decisions of older releases, which kept other evidence. */
    evidence: GateEvidence.nullable(),
  })
  .meta({ id: 'GateDecision' });
export type GateDecision = z.infer<typeof GateDecision>;
export const GateDecisions = page(GateDecision);
export const GateQuery = z.object({ ...pageQuery, target: z.string().max(100).optional() });

/** A person promotes or rejects a model. `inUse`: the model in use as they saw it, null for none; if another one is in use by now, nothing is done. */
export const ModelDecision = z.object({
  outcome: z.enum(['promoted', 'rejected']),
  reason: z.string().trim().min(3).max(2_000),
  inUse: z.string().max(128).nullable(),
});
export type ModelDecision = z.infer<typeof ModelDecision>;

/** How far a feature of a class stands from what the model learned from. */
export const FeatureShift = z.object({
  class: z.string(),
  course: z.string(),
  /** What the course is called. */
  title: z.string(),
  feature: z.string(),
  stability: z.number(),
  missingBefore: z.number(),
  missingNow: z.number(),
  adjusted: z.number(),
  weight: z.number(),
});

/** The inputs of one scoring, set against those of training. */
export const InputsWatch = z
  .object({
    id: z.string(),
    at: Instant,
    model: z.string(),
    recipe: z.string(),
    target: z.string(),
    asOf: Instant,
    week: z.number().int(),
    classes: z.array(z.string()),
    compared: z.number().int(),
    moved: z.array(FeatureShift),
    /** Classes that the model did not score alone, the share of its say that had moved, and what scored them instead. */
    heldBack: z.array(z.object({ class: z.string(), share: z.number(), servedBy: z.object({ recipe: z.string(), model: z.string() }) })),
  })
  .meta({ id: 'InputsWatch' });
export type InputsWatch = z.infer<typeof InputsWatch>;
export const InputsWatches = page(InputsWatch);

/** One figure of what was served, beside what the backtest had promised. `outside`: it left the interval. */
export const ObservedFigure = z.object({
  name: z.enum(['precision', 'falseNegativeRate', 'calibrationGap', 'logLoss']),
  observed: Estimate,
  backtest: Estimate.nullable(),
  outside: z.boolean(),
});

/** What was served in classes that have ended, set against what happened. */
export const Observation = z
  .object({
    id: z.string(),
    at: Instant,
    model: z.string(),
    recipe: z.string(),
    target: z.string(),
    asOf: Instant,
    classes: z.array(z.string()),
    rows: z.number().int(),
    named: z.number().int(),
    figures: z.array(ObservedFigure),
    /** By group of a declared attribute; groups that are too small, or whose rates would tell of one or two people, are left out and counted in `withheld`. */
    groups: z.array(
      z.object({
        attribute: z.string(),
        group: z.string(),
        n: z.number().int(),
        precision: z.number().nullable(),
        falseNegativeRate: z.number().nullable(),
        /** With their intervals, and how far the probabilities were off; null in observations of before they were kept. */
        figures: z.object({ precision: Estimate, falseNegativeRate: Estimate, calibrationGap: Estimate }).nullable(),
      }),
    ),
    withheld: z.number().int(),
    /** True where a figure left the backtest's interval: a concern for the admin. */
    concern: z.boolean(),
  })
  .meta({ id: 'Observation' });
export type Observation = z.infer<typeof Observation>;
export const Observations = page(Observation);

/** Why a tenant's models are what they are: what is there to learn from, and what is missing. */
export const ModelStanding = z
  .object({
    target: z.string(),
    /** What serves now. `rule-assumed`: the rule with assumed odds, since no outcome is known; `borrowed`: a model that another tenant learned. */
    serves: z.enum(['rule-assumed', 'rule', 'model', 'borrowed', 'nothing-yet']),
    recipe: z.string().nullable(),
    model: z.string().nullable(),
    since: Instant.nullable(),
    /** Whose model it started from; null for one of its own. */
    borrowedFrom: z.string().nullable(),
    completedClasses: z.number().int(),
    outcomes: z.number().int(),
    terms: z.number().int(),
    missing: z.array(z.enum(['outcomes', 'second-term', 'rows-for-glass-box', 'activity', 'due-work'])),
  })
  .meta({ id: 'ModelStanding' });
export type ModelStanding = z.infer<typeof ModelStanding>;

/** A model of another tenant that its admin lets this one start from: how it did there, by week of the classes. */
export const ModelOffer = z
  .object({
    from: z.string(),
    name: z.string(),
    recipe: z.string(),
    target: z.string(),
    /** Why its admin offers it. */
    reason: z.string(),
    learners: z.number().int(),
    weeks: z.array(
      z.object({
        week: z.number().int(),
        model: z.string(),
        asOf: Instant,
        rows: z.number().int(),
        precisionAt10: Estimate.nullable(),
        rule: Estimate.nullable(),
      }),
    ),
  })
  .meta({ id: 'ModelOffer' });
export type ModelOffer = z.infer<typeof ModelOffer>;
export const ModelOffers = z.object({ items: z.array(ModelOffer) });

/** An admin starts from another tenant's models, until there are outcomes of one's own. `inUse`: the model in use as they saw it, null for none. */
export const ModelBorrowing = z.object({
  from: z.string().min(1).max(200),
  reason: z.string().trim().min(3).max(2_000),
  inUse: z.string().max(128).nullable(),
});
export type ModelBorrowing = z.infer<typeof ModelBorrowing>;

/** Which other tenants may start from this one's models, and why. */
export const LendingPolicy = z
  .object({ to: z.array(z.string().min(1).max(200)).max(100), reason: z.string().max(2_000) })
  .meta({ id: 'LendingPolicy' });
export const LendingPolicySet = z.object({ version: z.number().int().nonnegative(), value: LendingPolicy });
export type LendingPolicySet = z.infer<typeof LendingPolicySet>;

/** A model card: sections of sentences made from facts. */
export const ModelCard = z
  .object({
    model: z.string(),
    recipe: z.string(),
    target: z.string(),
    asOf: Instant,
    markdown: z.string(),
  })
  .meta({ id: 'ModelCard' });
export type ModelCard = z.infer<typeof ModelCard>;
