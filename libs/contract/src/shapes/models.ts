import { z } from 'zod';
import { Estimate, Instant, page } from './basics.js';

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

export const ModelDetail = z
  .object({
    ...ModelSummary.shape,
    features: z.array(z.string()),
    seed: z.number().int(),
    reliability: z.array(ReliabilityBin),
    /** The rule's metrics on the same held-out data: what the model has to beat. Null where the rule was not measured. */
    rule: z.object({ model: z.string(), metrics: z.record(z.string(), Estimate) }).nullable(),
  })
  .meta({ id: 'ModelDetail' });
export type ModelDetail = z.infer<typeof ModelDetail>;
export const Models = z.object({ items: z.array(ModelSummary) });

/** An estimate that says why it is missing. */
const MetricEstimate = z.object({ ...Estimate.shape, reason: z.string().nullable() });

/** One group of an audit. Not judged: too few people, so all metrics are null. */
export const GroupFigures = z.object({
  group: z.string(),
  n: z.number().int(),
  people: z.number().int(),
  judged: z.boolean(),
  metrics: z.record(z.string(), MetricEstimate),
});
export const Audit = z
  .object({
    model: z.string(),
    recipe: z.string(),
    target: z.string(),
    asOf: Instant,
    classes: z.array(z.string()),
    threshold: z.number(),
    settings: z.object({ seed: z.number(), resamples: z.number(), level: z.number(), minimumGroup: z.number() }),
    overall: GroupFigures,
    attributes: z.array(
      z.object({
        attribute: z.string(),
        groups: z.array(GroupFigures),
        /** Groups too small to stand alone, judged together. */
        pooled: z.array(z.string()),
        gaps: z.record(z.string(), MetricEstimate),
      }),
    ),
  })
  .meta({ id: 'Audit' });
export type Audit = z.infer<typeof Audit>;
export const Audits = page(Audit);
