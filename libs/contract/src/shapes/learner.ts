import { z } from 'zod';
import { AlertStep, AlertSummary } from './alerts.js';
import { Day, Id, Instant, page, pageQuery, PersonName, through, Titled } from './basics.js';
import { Contribution, HeldOut, Reason, Risk } from './reasons.js';

/** One enrolment. */
export const LearnerClass = z.object({
  class: Titled,
  course: Titled,
  school: Titled,
  term: z.string(),
  start: Day,
  end: Day,
  registeredOn: Day.nullable(),
  withdrawnOn: Day.nullable(),
  outcome: z.string().nullable(),
  /** The latest risk in this class; null before there is one. */
  risk: Risk.nullable(),
});
export type LearnerClass = z.infer<typeof LearnerClass>;

export const LearnerProfile = z
  .object({
    ...through,
    learner: PersonName,
    counselor: PersonName.nullable(),
    classes: z.array(LearnerClass),
    /** The alert that is open now, if any. */
    alert: AlertSummary.nullable(),
    reasons: z.array(Reason),
  })
  .meta({ id: 'LearnerProfile' });
export type LearnerProfile = z.infer<typeof LearnerProfile>;

export const LearnerRow = z
  .object({ learner: PersonName, classes: z.array(Titled), risk: Risk.nullable(), alert: Id.nullable() })
  .meta({ id: 'LearnerRow' });
export type LearnerRow = z.infer<typeof LearnerRow>;
export const LearnerList = z.object({ ...page(LearnerRow).shape, ...through });
export const LearnerListQuery = z.object({
  ...pageQuery,
  search: z.string().trim().min(1).max(100).optional(),
  class: Id.optional(),
});

/** One day of a learner; days without anything are left out. */
export const ActivityDay = z.object({
  day: Day,
  class: z.string(),
  events: z.number(),
  amount: z.number(),
  /** By kind of activity: `video`, `reading`, `practice`... */
  kinds: z.record(z.string(), z.number()),
});
export const WorkItem = z.object({
  class: z.string(),
  work: z.string(),
  title: z.string(),
  kind: z.string(),
  weight: z.number(),
  dueOn: Day.nullable(),
  handedInAt: Instant.nullable(),
  /** `early`: handed in before it was due; `waiting`: not due yet. */
  state: z.enum(['on-time', 'late', 'missed', 'waiting']),
  /** 0 to 1; null before it was marked. */
  mark: z.number().nullable(),
});
export type WorkItem = z.infer<typeof WorkItem>;
export const Attended = z.object({ day: Day, class: z.string().nullable(), status: z.enum(['present', 'absent', 'late', 'excused']) });
export const Incident = z.object({ day: Day, severity: z.enum(['minor', 'major']) });
export const Grade = z.object({ day: Day, class: z.string(), percent: z.number(), passing: z.boolean() });
export const AlertMoment = z.object({ alert: Id, step: AlertStep });

/** The learner's story on one time axis. */
export const Timeline = z
  .object({
    ...through,
    from: Day,
    to: Day,
    activity: z.array(ActivityDay),
    work: z.array(WorkItem),
    attendance: z.array(Attended),
    incidents: z.array(Incident),
    grades: z.array(Grade),
    alerts: z.array(AlertMoment),
  })
  .meta({ id: 'Timeline' });
export type Timeline = z.infer<typeof Timeline>;
export const TimelineQuery = z.object({ class: Id.optional(), from: Day.optional(), to: Day.optional() });

/** Risk at one moment. Intercept and contributions add up to `logOdds` exactly. */
export const RiskPoint = z
  .object({
    asOf: Instant,
    class: z.string(),
    week: z.number().int(),
    probability: z.number(),
    raw: z.number(),
    logOdds: z.number(),
    intercept: z.number(),
    contributions: z.array(Contribution),
    heldOut: HeldOut.nullable(),
    model: z.string(),
    recipe: z.string(),
  })
  .meta({ id: 'RiskPoint' });
export type RiskPoint = z.infer<typeof RiskPoint>;

/** What the model would say of a learner who had done what can still be done. No promise of an effect. */
export const PossibleChange = z
  .object({
    class: z.string(),
    /** `hand-in-missed`: all work that is missed is handed in, late. */
    action: z.enum(['hand-in-missed']),
    /** Pieces of work. */
    count: z.number(),
    probability: z.number(),
    /** What became of held-out learners with such a score. */
    heldOut: HeldOut.nullable(),
  })
  .meta({ id: 'PossibleChange' });
export type PossibleChange = z.infer<typeof PossibleChange>;

export const RiskHistory = z
  .object({
    ...through,
    points: z.array(RiskPoint),
    /** Of the latest score of each class, where there is something to be done that would lower the risk. */
    possible: z.array(PossibleChange),
  })
  .meta({ id: 'RiskHistory' });
export type RiskHistory = z.infer<typeof RiskHistory>;
