import { z } from 'zod';
import { Estimate, Instant, page } from './basics.js';

/** An estimate that says why it is missing. */
export const MetricEstimate = z.object({ ...Estimate.shape, reason: z.string().nullable() });
export type MetricEstimate = z.infer<typeof MetricEstimate>;

/** What chance alone would show in place of a gap: half of the time more than `median`, once in twenty beyond `extreme`. */
const Chance = z.object({ median: z.number(), extreme: z.number() }).nullable();
const GapEstimate = z.object({ ...MetricEstimate.shape, chance: Chance });

/** One group of an audit. `n` and `people` are null where they are too few to be shown; not judged: too few, so all metrics are null. */
export const GroupFigures = z.object({
  group: z.string(),
  n: z.number().int().nullable(),
  people: z.number().int().nullable(),
  judged: z.boolean(),
  metrics: z.record(z.string(), MetricEstimate),
});
export type GroupFigures = z.infer<typeof GroupFigures>;

/** An attribute, or the crossing of two. `roundedTo`: a group is hidden, so shares are rounded that it cannot be worked out. */
export const AuditAttribute = z.object({
  attribute: z.string(),
  groups: z.array(GroupFigures),
  /** Groups too small to stand alone, judged together. */
  pooled: z.array(z.string()),
  gaps: z.record(z.string(), GapEstimate),
  /** Area between the ROC curves of two groups: how differently they are ranked. */
  abroca: z.array(z.object({ groups: z.tuple([z.string(), z.string()]), ...GapEstimate.shape })),
  roundedTo: z.number().nullable(),
});
export type AuditAttribute = z.infer<typeof AuditAttribute>;

/** One group against everyone else in one rate, a member of the declared family. Shares of 1. */
export const AuditTest = z.object({
  attribute: z.string(),
  group: z.string(),
  metric: z.enum(['selectionRate', 'tpr', 'fpr', 'ppv']),
  n: z.number(),
  nRest: z.number(),
  rate: z.number(),
  rest: z.number(),
  difference: z.number(),
  p: z.number(),
  /** p-value adjusted for the whole family (Benjamini–Hochberg). */
  adjusted: z.number(),
  significant: z.boolean(),
  /** The smallest true gap that so many people would show four times of five, in a test by itself. */
  smallestGap: z.number(),
  /** The same as a finding of the whole family, which is what `significant` asks for; audits of before it was kept have none. */
  smallestGapInFamily: z.number().optional(),
});
export type AuditTest = z.infer<typeof AuditTest>;

export const auditCodes = [
  'names-more',
  'names-fewer',
  'misses-more',
  'misses-fewer',
  'false-alarms-more',
  'false-alarms-fewer',
  'wrong-more-often',
  'wrong-less-often',
  'no-gap-shown',
  'small-groups-pooled',
  'too-few-to-judge',
] as const;

/** A sentence of an audit as data; word it with `auditInWords(locale, verdict, target)`. `per100` null: the number is withheld. */
export const AuditVerdict = z.object({
  code: z.enum(auditCodes),
  attribute: z.string(),
  group: z.string().nullable(),
  metric: z.string().nullable(),
  per100: z.number().nullable(),
  significant: z.boolean(),
  adjusted: z.number().nullable(),
  smallestPer100: z.number().nullable(),
  groups: z.array(z.string()),
});
export type AuditVerdict = z.infer<typeof AuditVerdict>;

const Statistic = z.object({ value: z.number().nullable(), reason: z.string().nullable() });
const Naming = z.object({ named: z.number().int(), precision: Statistic, tpr: Statistic, selectionGap: Statistic, tprGap: Statistic });

export const mitigationKinds = ['thresholds', 'reweighing', 'fewer-features', 'rule'] as const;
export const thresholdPolicies = ['equal-opportunity', 'demographic-parity'] as const;

/** A change that nobody has made: what it would bring for one attribute, and by how many of 100 the model would be wrong more often. */
export const Mitigation = z.object({
  kind: z.enum(mitigationKinds),
  attribute: z.string(),
  policy: z.enum(thresholdPolicies).nullable(),
  capacity: z.number().int(),
  without: z.array(z.string()),
  before: Naming,
  after: Naming,
  precisionCostPer100: z.number().nullable(),
  /** Threshold of each group; null names no one of it. */
  thresholds: z.array(z.object({ group: z.string(), threshold: z.number().nullable() })),
});
export type Mitigation = z.infer<typeof Mitigation>;

/** Weeks from the first naming to the outcome, of those named in time. */
const LeadGroup = z.object({
  group: z.string(),
  n: z.number().int().nullable(),
  named: z.number().int().nullable(),
  judged: z.boolean(),
  weeks: MetricEstimate,
});
export const LeadTimes = z.object({
  overall: LeadGroup,
  attributes: z.array(z.object({ attribute: z.string(), groups: z.array(LeadGroup), pooled: z.array(z.string()) })),
});
export type LeadTimes = z.infer<typeof LeadTimes>;

/** What an audit found, of a model or of a file. */
export const AuditFindings = z.object({
  threshold: z.number(),
  settings: z.object({
    seed: z.number(),
    resamples: z.number(),
    level: z.number(),
    minimumGroup: z.number(),
    permutations: z.number(),
    alpha: z.number(),
  }),
  overall: GroupFigures,
  attributes: z.array(AuditAttribute),
  intersections: z.array(AuditAttribute),
  tests: z.array(AuditTest),
  verdicts: z.array(AuditVerdict),
  mitigations: z.array(Mitigation),
  /** Null where nothing is known of when learners were first named. */
  leadTimes: LeadTimes.nullable(),
});
export type AuditFindings = z.infer<typeof AuditFindings>;

export const Audit = z
  .object({
    model: z.string(),
    recipe: z.string(),
    target: z.string(),
    asOf: Instant,
    classes: z.array(z.string()),
    ...AuditFindings.shape,
  })
  .meta({ id: 'Audit' });
export type Audit = z.infer<typeof Audit>;
export const Audits = page(Audit);

/** What `pharos audit --json` prints: any model's scores in a file, to be opened on the page. */
export const AuditFile = z.object({
  pharosAudit: z.literal(1),
  file: z.string(),
  rows: z.number().int(),
  label: z.string(),
  score: z.string(),
  ...AuditFindings.shape,
});
export type AuditFile = z.infer<typeof AuditFile>;

const SelectionFigures = z.object({
  group: z.string(),
  n: z.number().int().nullable(),
  judged: z.boolean(),
  selectionRate: MetricEstimate,
  /** The rate when the model was judged. */
  before: z.number().nullable(),
  shift: MetricEstimate,
});

/** Who is named now, by group, while nobody knows how it will end: selection rates and their shift, and nothing else. */
export const Selection = z
  .object({
    model: z.string(),
    recipe: z.string(),
    target: z.string(),
    asOf: Instant,
    threshold: z.number(),
    overall: SelectionFigures,
    attributes: z.array(z.object({ attribute: z.string(), groups: z.array(SelectionFigures), pooled: z.array(z.string()) })),
  })
  .meta({ id: 'Selection' });
export type Selection = z.infer<typeof Selection>;

/** What people decided about a model that treats groups differently. `version`: what the editor saw; 0 before anything was decided. */
export const FairnessPolicy = z
  .object({
    /** Gaps of so many of 100 and more are too large, if they are beyond chance. */
    limitPer100: z.number().min(0).max(100),
    /** The change that a person has chosen; null: none, and nothing is changed. */
    mitigation: z
      .object({
        kind: z.enum(mitigationKinds),
        attribute: z.string().min(1).max(200),
        policy: z.enum(thresholdPolicies).nullable(),
        without: z.array(z.string().max(200)).max(200),
      })
      .nullable(),
    /** Why it was decided so. */
    reason: z.string().trim().max(2_000),
  })
  .meta({ id: 'FairnessPolicy' });
export type FairnessPolicy = z.infer<typeof FairnessPolicy>;
export const FairnessPolicySet = z.object({ version: z.number().int().nonnegative(), value: FairnessPolicy });
