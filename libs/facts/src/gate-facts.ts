import { z } from 'zod';
import { fact, instant } from './envelope.js';

/** A difference on the same held-out learners, with its 95 % bootstrap interval by person. */
const difference = z.object({ value: z.number(), low: z.number(), high: z.number() });

/** One model against another on the same held-out later data: what a gate decided by. */
export const gateEvidence = z.object({
  /** `refit`: the recipe in use, learned anew; `new-recipe`: another one that asks to take its place; `person`: decided by somebody. */
  kind: z.enum(['first', 'refit', 'new-recipe', 'person', 'cold-start']),
  /** Week of the classes that the models are for. */
  week: z.number().int().nullable(),
  /** Recipe and model that it was compared with; null where there was none. */
  against: z.object({ recipe: z.string(), model: z.string().nullable() }).nullable(),
  verdict: z.enum(['superior', 'non-inferior', 'not-shown', 'worse', 'not-decidable', 'unfair', 'by-person', 'nothing-to-compare']),
  /** Held-out classes, and how many learners would be named at the counselors' capacity. */
  classes: z.array(z.string()),
  rows: z.number().int(),
  capacity: z.number(),
  selected: z.number(),
  precision: z.object({ candidate: z.number(), present: z.number(), difference }).nullable(),
  logLoss: z.object({ candidate: z.number(), present: z.number(), difference, margin: z.number() }).nullable(),
  /** The error budget of these held-out classes: this is try number `attempt`, at a level of `level`, with this p-value. */
  budget: z
    .object({
      total: z.number(),
      attempt: z.number().int(),
      level: z.number(),
      pValue: z.number(),
      /** Recipes of which this one had the least held-out log loss: each was a chance to win by luck, so they share the level. */
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
});
export type GateEvidence = z.infer<typeof gateEvidence>;

/** How far one feature of one class stands from what the model learned from. */
export const featureShift = z.object({
  class: z.string(),
  course: z.string(),
  feature: z.string(),
  /** Population stability index; by custom over 0.25 is a shift. */
  stability: z.number(),
  missingBefore: z.number(),
  missingNow: z.number(),
  adjusted: z.number(),
  /** Share of the model's spread of scores that rests on this feature. */
  weight: z.number(),
});
export type FeatureShift = z.infer<typeof featureShift>;

/** Inputs about to be scored, set against those of training. Where they moved too far, the rule stood in for the model. */
export const InputsWatched = fact(
  'InputsWatched',
  1,
  z.object({
    model: z.string(),
    recipe: z.string(),
    target: z.string(),
    asOf: instant,
    week: z.number().int(),
    classes: z.array(z.string()),
    /** Comparisons made, all of which count as one family. */
    compared: z.number().int(),
    moved: z.array(featureShift),
    /** Classes whose learners the model may not score alone, and what scored them instead. */
    heldBack: z.array(z.object({ class: z.string(), share: z.number(), servedBy: z.object({ recipe: z.string(), model: z.string() }) })),
  }),
);

const estimate = z.object({ value: z.number().nullable(), low: z.number().nullable(), high: z.number().nullable() });

/** The report of `ModelObserved`: what was served in classes that have ended, against what happened and what the backtest had promised. */
export const observedReport = z.object({
  version: z.literal(1),
  rows: z.number().int(),
  /** Threshold from which on learners counted as named. */
  threshold: z.number(),
  named: z.number().int(),
  figures: z.array(
    z.object({
      name: z.enum(['precision', 'falseNegativeRate', 'calibrationGap', 'logLoss']),
      observed: estimate,
      backtest: estimate.nullable(),
      outside: z.boolean(),
    }),
  ),
  groups: z.array(
    z.object({
      attribute: z.string(),
      group: z.string(),
      n: z.number().int(),
      precision: z.number().nullable(),
      falseNegativeRate: z.number().nullable(),
      /**
       * Different learners behind the group and behind each side of its rates (named and did not pass; named and passed; not named and did not
       * pass; passed), so that whoever shows the rates can tell whether they would name somebody. Facts of before they were kept have none.
       */
      people: z
        .object({
          all: z.number().int(),
          right: z.number().int(),
          wrong: z.number().int(),
          missed: z.number().int(),
          passed: z.number().int(),
        })
        .optional(),
      /** The same figures and how far the probabilities were off, with their intervals by person; only of groups that are large enough. */
      figures: z.object({ precision: estimate, falseNegativeRate: estimate, calibrationGap: estimate }).nullable().optional(),
    }),
  ),
  withheld: z.number().int(),
  concern: z.boolean(),
});
export type ObservedReport = z.infer<typeof observedReport>;
