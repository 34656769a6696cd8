import { z } from 'zod';
import { Estimate, Instant } from './basics.js';

/** How often what was predicted came true, in one bin of predictions. */
export const ReliabilityBin = z.object({
  from: z.number(),
  to: z.number(),
  n: z.number().int(),
  predicted: z.number(),
  observed: z.number(),
});
export type ReliabilityBin = z.infer<typeof ReliabilityBin>;

export const ModelSummary = z
  .object({
    model: z.string(),
    recipe: z.string(),
    target: z.string(),
    asOf: Instant,
    inUse: z.boolean(),
    /** What was last decided about it, by whom (`gate` or a person) and why. */
    decision: z.object({ outcome: z.enum(['promoted', 'rejected']), by: z.string(), at: Instant, reason: z.string() }).nullable(),
    window: z.object({ classes: z.array(z.string()), rows: z.number().int(), learners: z.number().int(), baseRate: z.number() }),
    validation: z.object({ classes: z.array(z.string()), rows: z.number().int(), metrics: z.record(z.string(), Estimate) }),
  })
  .meta({ id: 'ModelSummary' });
export type ModelSummary = z.infer<typeof ModelSummary>;

/** How a model did in one course. What would tell of few people is withheld: counts are null, and there are no metrics. */
export const CourseFigures = z
  .object({
    course: z.string(),
    title: z.string(),
    n: z.number().int().nullable(),
    withheld: z.boolean(),
    /** Of those judged, the share who ended as the target says; null where it is withheld. */
    rate: z.number().nullable(),
    /** `precisionAt10`, `auc` and `ece`; empty where there are too few rows to judge by. */
    metrics: z.record(z.string(), Estimate),
    /** The rule's on the same learners; null where it was not measured. */
    rule: z.record(z.string(), Estimate).nullable(),
  })
  .meta({ id: 'CourseFigures' });
export type CourseFigures = z.infer<typeof CourseFigures>;

export const ModelDetail = z
  .object({
    ...ModelSummary.shape,
    features: z.array(z.string()),
    seed: z.number().int(),
    reliability: z.array(ReliabilityBin),
    /** By course, of the same held-out learners; empty for models of before this was kept. */
    courses: z.array(CourseFigures),
    /** The rule's metrics on the same held-out data: what the model has to beat. Null where the rule was not measured. */
    rule: z.object({ model: z.string(), metrics: z.record(z.string(), Estimate) }).nullable(),
  })
  .meta({ id: 'ModelDetail' });
export type ModelDetail = z.infer<typeof ModelDetail>;
export const Models = z.object({ items: z.array(ModelSummary) });

/** A model of knowledge and what it was chosen by: each candidate learned from the earlier four fifths of a subject's answers and foretold the later fifth. */
export const KnowledgeModel = z
  .object({
    subject: z.string(),
    kind: z.string(),
    model: z.string(),
    holdsFrom: Instant,
    answers: z.number().int(),
    learners: z.number().int(),
    candidates: z.array(
      z.object({
        kind: z.string(),
        chosen: z.boolean(),
        /** Chance that a right answer was thought likelier than a wrong one; null where only one outcome occurred. */
        auc: z.number().nullable(),
        logLoss: z.number(),
        /** How far chances are off on average, in 10 bins. */
        calibrationError: z.number(),
        answers: z.number().int(),
      }),
    ),
    /** Whether what the one in use foretold of the later answers came true; empty for models of before this was kept. */
    reliability: z.array(ReliabilityBin),
  })
  .meta({ id: 'KnowledgeModel' });
export type KnowledgeModel = z.infer<typeof KnowledgeModel>;
export const KnowledgeModels = z.object({ items: z.array(KnowledgeModel) });
