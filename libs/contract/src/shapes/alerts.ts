import { z } from 'zod';
import { Day, Id, Instant, PersonName, Titled, Token } from './basics.js';
import { LocalText } from './practice.js';
import { Change, Contribution, HeldOut, Reason, Risk } from './reasons.js';

export const alertStatuses = ['open', 'acknowledged', 'snoozed', 'overridden', 'contested', 'resolved'] as const;
export const AlertStatus = z.enum(alertStatuses);
export type AlertStatus = z.infer<typeof AlertStatus>;

export const closeCodes = [
  'helped',
  'resolved-itself',
  'not-needed',
  'left-school',
  'risk-stayed-low',
  'late-answers',
  'term-ended',
  'other',
] as const;
/** Codes that a person may close with; the others are the system's own. */
export const personCloseCodes = ['helped', 'resolved-itself', 'not-needed', 'left-school', 'other'] as const;

/** Why a person overrides, contests or reopens: codes, because open text may name people and belongs into the sealed note. */
export const overrideReasons = ['already-supported', 'circumstances-known', 'data-wrong', 'not-helpful', 'other'] as const;
export const contestReasons = ['data-wrong', 'not-about-me', 'circumstances-changed', 'disagree', 'other'] as const;
export const reopenReasons = ['came-back', 'closed-by-mistake', 'new-information', 'other'] as const;

/** A suggestion: id in the intervention catalogue, its title in the reader's language, and the reasons that chose it. */
export const NextStep = z.object({ intervention: z.string(), title: z.string(), because: z.array(z.string()) });
export type NextStep = z.infer<typeof NextStep>;

const summary = {
  alert: Id,
  /** Counts what happened to it. Send it back with an action, so that nobody acts on what has changed meanwhile. */
  version: z.number().int(),
  status: AlertStatus,
  learner: PersonName,
  school: Titled,
  term: z.string(),
  counselor: PersonName.nullable(),
  risk: Risk,
  reasons: z.array(Reason),
  changed: z.array(Change),
  nextSteps: z.array(NextStep),
  raisedAt: Instant,
  updatedAt: Instant,
  /** When an answer is due by policy. */
  dueAt: Instant,
  overdue: z.boolean(),
  snoozedUntil: Instant.nullable(),
  /** Rests on a source that fell silent: held until it is back. */
  held: z.boolean(),
  lastContact: z
    .object({ at: Instant, by: PersonName, intervention: z.string(), title: z.string(), followUpOn: Day.nullable() })
    .nullable(),
};

/** One alert, as rows and headers show it. */
export const AlertSummary = z.object(summary).meta({ id: 'AlertSummary' });
export type AlertSummary = z.infer<typeof AlertSummary>;

/** A step in an alert's history. Word it with `actionInWords(locale, step)`. */
export const AlertStep = z
  .object({
    /** Id of the fact; what `withdraw` takes back. */
    action: z.string(),
    type: z.string(),
    at: Instant,
    /** Null: the system itself. */
    by: PersonName.nullable(),
    /** Assigned to, owner of the intervention. */
    to: PersonName.nullable(),
    intervention: Titled.nullable(),
    followUpOn: Day.nullable(),
    until: Instant.nullable(),
    /** Close code, or code of the reason. */
    code: z.string().nullable(),
    /** Opened for those who may read it; null where there is none, or the learner was erased. */
    note: z.string().nullable(),
    withdrawn: z.boolean(),
    /** Until then its author may take it back. */
    undoUntil: Instant.nullable(),
  })
  .meta({ id: 'AlertStep' });
export type AlertStep = z.infer<typeof AlertStep>;

/** What an alert rests on, per class: enough to derive its number again. Intercept and contributions add up to `logOdds`. */
export const Evidence = z.object({
  class: Titled,
  asOf: Instant,
  week: z.number().int(),
  model: z.string(),
  recipe: z.string(),
  logOdds: z.number(),
  probability: z.number(),
  intercept: z.number(),
  contributions: z.array(Contribution),
  heldOut: HeldOut.nullable(),
});
export type Evidence = z.infer<typeof Evidence>;

/** A skill that would change the outlook most if it were known, and what to practise first on the way to it. */
export const Lever = z.object({
  skill: z.string(),
  title: LocalText,
  /** Of a right answer now; null where it was never tried. */
  chance: z.number().nullable(),
  /** Skills that stand on it and wait as well. */
  opens: z.number().int(),
  first: z.object({ skill: z.string(), title: LocalText }),
});
export type Lever = z.infer<typeof Lever>;

export const AlertDetail = z
  .object({
    ...summary,
    evidence: z.array(Evidence),
    history: z.array(AlertStep),
    /** As the learner stands now, the strongest first; empty where nothing is known of skills. */
    practise: z.array(Lever),
  })
  .meta({ id: 'AlertDetail' });
export type AlertDetail = z.infer<typeof AlertDetail>;

const version = { version: z.number().int().nonnegative() };
const note = z.string().trim().min(1).max(5_000);

/** Bodies of the actions. `version` is the one that the person saw. */
export const actions = {
  acknowledge: z.object({ ...version }),
  assign: z.object({ ...version, to: Token }),
  intervene: z.object({
    ...version,
    intervention: Id,
    owner: Token.optional(),
    followUpOn: Day.nullable().default(null),
    note: note.optional(),
  }),
  snooze: z.object({ ...version, until: Instant }),
  override: z.object({ ...version, reason: z.enum(overrideReasons), note: note.optional() }),
  contest: z.object({ ...version, reason: z.enum(contestReasons), note: note.optional() }),
  resolve: z.object({ ...version, code: z.enum(personCloseCodes), note: note.optional() }),
  reopen: z.object({ ...version, reason: z.enum(reopenReasons) }),
  note: z.object({ ...version, note }),
  withdraw: z.object({ action: z.string().min(1).max(200) }),
};

/** Answer to an action: the alert as it is now, and how long the action can be taken back. */
export const ActionDone = z.object({ alert: AlertSummary, action: z.string(), undoUntil: Instant.nullable() }).meta({ id: 'ActionDone' });
export type ActionDone = z.infer<typeof ActionDone>;
