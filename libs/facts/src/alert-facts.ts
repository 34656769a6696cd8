import { z } from 'zod';
import { fact, instant, token } from './envelope.js';
import { contribution, heldOutRate, positions } from './model-facts.js';

/** One reason that a counselor can check: what is the case, in which class, and what is usual there. Worded by the catalogue of texts. */
export const reason = z.object({
  /** Key in the catalogue of texts: `work-missed`, `silent-days`, ... */
  code: z.string(),
  class: z.string(),
  params: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
  /** Share of the score that stands behind this reason, in log-odds. */
  logOdds: z.number(),
  features: z.array(z.string()),
});
export type Reason = z.infer<typeof reason>;

/** A suggestion from the tenant's intervention catalogue, with the reasons that chose it. */
export const nextStep = z.object({ intervention: z.string(), because: z.array(z.string()) });

/** What an alert rests on: enough to derive its number again. One entry per class of the concern. */
const evidence = z.object({
  class: z.string(),
  score: z.string(),
  model: z.string(),
  recipe: z.string(),
  asOf: instant,
  week: z.number().int(),
  logOdds: z.number(),
  probability: z.number(),
  raw: z.number(),
  intercept: z.number(),
  contributions: z.array(contribution),
  heldOut: heldOutRate.nullable(),
  positions,
});

const raised = {
  alert: z.string(),
  /** A concern is (learner, target, term): one open alert for it, whatever the number of classes. */
  learner: token,
  target: z.string(),
  term: z.string(),
  school: z.string(),
  counselor: token.nullable(),
  /** The highest calibrated probability among the classes. */
  probability: z.number(),
  heldOut: heldOutRate.nullable(),
  reasons: z.array(reason),
  nextSteps: z.array(nextStep),
  /** What is different from a week before: reason codes that came, went, or grew. */
  changed: z.array(z.object({ code: z.string(), class: z.string(), how: z.enum(['new', 'gone', 'worse', 'better']) })),
  evidence: z.array(evidence),
  asOf: instant,
  dueAt: instant,
};

const act = { alert: z.string(), by: z.string() };

export const AlertRaised = fact('AlertRaised', 1, z.object(raised));
/** New scores for an alert that is open: its number, reasons and rank are kept fresh without raising it again. */
export const AlertUpdated = fact('AlertUpdated', 1, z.object(raised));
export const AlertAssigned = fact('AlertAssigned', 1, z.object({ ...act, to: token }));
export const AlertAcknowledged = fact('AlertAcknowledged', 1, z.object(act));
export const InterventionLogged = fact(
  'InterventionLogged',
  1,
  z.object({
    ...act,
    action: z.string(),
    intervention: z.string(),
    owner: token,
    followUpOn: z.iso.date().nullable(),
    /** Sealed with the learner's key: a note may name people. */
    note: z.string().nullable(),
  }),
);
export const AlertNoted = fact('AlertNoted', 1, z.object({ ...act, action: z.string(), note: z.string() }));
export const AlertSnoozed = fact('AlertSnoozed', 1, z.object({ ...act, until: instant }));
export const AlertOverridden = fact('AlertOverridden', 1, z.object({ ...act, reason: z.string(), note: z.string().nullable() }));
export const AlertContested = fact('AlertContested', 1, z.object({ ...act, reason: z.string(), note: z.string().nullable() }));
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
export const AlertResolved = fact('AlertResolved', 1, z.object({ ...act, code: z.enum(closeCodes), note: z.string().nullable() }));
export const AlertReopened = fact('AlertReopened', 1, z.object({ ...act, reason: z.string() }));
/** Takes one earlier action back: only its author, only for 10 s. `action` is the id of the fact taken back. */
export const ActionWithdrawn = fact('ActionWithdrawn', 1, z.object({ ...act, action: z.string() }));
/** Alerts that rest on a source whose volume fell to nothing are held until it is back, or an admin releases them. */
export const SourceSilent = fact('SourceSilent', 1, z.object({ source: z.string(), since: instant, silent: z.boolean() }));
/** Kept, not delivered, while a source that it rests on is silent. */
export const AlertHeld = fact('AlertHeld', 1, z.object({ ...act, source: z.string() }));
export const AlertReleased = fact('AlertReleased', 1, z.object({ ...act, reason: z.string() }));
