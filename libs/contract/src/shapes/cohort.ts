import { z } from 'zod';
import { Day, Figure, Id, Instant, page, pageQuery, through, Titled } from './basics.js';

export const levels = ['tenant', 'school', 'course', 'class'] as const;
export const Level = z.enum(levels);
export type Level = z.infer<typeof Level>;

/** What a cohort can be asked for. `at-risk`: predicted at or above the policy's threshold, as of the week. */
export const measures = ['enrolled', 'active', 'at-risk', 'events', 'active-days', 'attendance', 'mean-mark', 'handed-in', 'risk-low', 'risk-some', 'risk-high', 'risk-very-high'] as const; // prettier-ignore
export const Measure = z.enum(measures);
export type Measure = z.infer<typeof Measure>;

const within = { term: Id.optional(), school: Id.optional(), course: Id.optional(), class: Id.optional() };

/** One week of the tenant or cohort. `lastYear`: the same week of the term a year before, for the grey line. */
export const OverviewWeek = z.object({
  week: z.number().int(),
  from: Day,
  enrolled: Figure,
  active: Figure,
  atRisk: Figure,
  lastYear: z.object({ enrolled: Figure, active: Figure, atRisk: Figure }).nullable(),
});

/** One school, course or class of the table under the chart. Shares are of `enrolled`; `change`: at risk against a week before. */
export const OverviewRow = z.object({
  level: Level,
  id: z.string(),
  title: z.string(),
  enrolled: Figure,
  active: Figure,
  atRisk: Figure,
  change: Figure,
  handedIn: Figure,
  attendance: Figure,
  /** At risk by week, oldest first: a small multiple. */
  weeks: z.array(z.object({ week: z.number().int(), atRisk: Figure })),
  /** Whether this reader may go from here to the learners behind it. */
  learnersShown: z.boolean(),
});

/** A sentence of findings: `say(locale, 'finding.' + code, params)`. Most important first. */
export const Finding = z.object({
  code: z.enum(['at-risk-up', 'at-risk-down', 'at-risk-steady', 'activity-down', 'no-scores', 'no-data']),
  params: z.record(z.string(), z.union([z.number(), z.string()])),
});
export type Finding = z.infer<typeof Finding>;

export const OverviewQuery = z.object({
  ...within,
  /** The table's rows. Default: the level below what is filtered. */
  by: Level.optional(),
  /** As of the end of this day; default: now. */
  asOf: Day.optional(),
});
export const Overview = z
  .object({
    ...through,
    asOf: Instant,
    term: Titled.nullable(),
    terms: z.array(Titled),
    findings: z.array(Finding),
    now: z.object({ enrolled: Figure, active: Figure, atRisk: Figure }),
    weeks: z.array(OverviewWeek),
    by: Level,
    rows: z.array(OverviewRow),
    /** Groups of fewer people are not shown. */
    minimumGroup: z.number().int(),
  })
  .meta({ id: 'Overview' });
export type Overview = z.infer<typeof Overview>;

/** `measures` and `attributes` are lists with commas: `attributes=gender,age-band`. At most two attributes. */
export const CohortQuery = z.object({
  ...within,
  ...pageQuery,
  level: Level.default('tenant'),
  attributes: z.string().max(200).optional(),
  measures: z.string().max(400).optional(),
  /** One row per week instead of one as of `asOf`. */
  weekly: z.enum(['yes', 'no']).default('no'),
  asOf: Day.optional(),
});

/** One cell: a group and its figures. `figures` has each measure asked for. */
export const CohortCell = z
  .object({
    level: Level,
    id: z.string(),
    title: z.string(),
    week: z.number().int().nullable(),
    attributes: z.record(z.string(), z.string()),
    figures: z.partialRecord(Measure, Figure),
  })
  .meta({ id: 'CohortCell' });
export type CohortCell = z.infer<typeof CohortCell>;

export const Cohorts = z
  .object({ ...page(CohortCell).shape, ...through, asOf: Instant, minimumGroup: z.number().int() })
  .meta({ id: 'Cohorts' });
export type Cohorts = z.infer<typeof Cohorts>;

export const School = z.object({ school: z.string(), title: z.string(), classes: z.number().int() });
export const Course = z.object({ course: z.string(), title: z.string(), school: z.string(), classes: z.number().int() });
export const Class = z.object({
  class: z.string(),
  title: z.string(),
  course: z.string(),
  courseTitle: z.string(),
  school: z.string(),
  schoolTitle: z.string(),
  term: z.string(),
  start: Day,
  end: Day,
});
export type Class = z.infer<typeof Class>;
/** An attribute that cohorts can be crossed with. Cells of protected ones are also perturbed. */
export const Attribute = z.object({ attribute: z.string(), protected: z.boolean(), values: z.array(z.string()) });
