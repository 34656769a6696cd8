import { z } from 'zod';
import { alertStatuses, AlertSummary } from './alerts.js';
import { Id, page, pageQuery, through } from './basics.js';

/** `needs-you`: within the counselor's capacity. `also-watched`: below the fold line. */
export const CaseloadItem = z
  .object({ ...AlertSummary.shape, rank: z.number().int(), section: z.enum(['needs-you', 'also-watched']) })
  .meta({ id: 'CaseloadItem' });
export type CaseloadItem = z.infer<typeof CaseloadItem>;

export const Caseload = z
  .object({
    ...page(CaseloadItem).shape,
    ...through,
    /** How many learners the policy expects a counselor to see at once. */
    capacity: z.number().int(),
    counts: z.object({
      /** Waiting for an answer: open or acknowledged, and not snoozed. */
      active: z.number().int(),
      overdue: z.number().int(),
      snoozed: z.number().int(),
      closed: z.number().int(),
      /** Learners in the caseload, with or without an alert. */
      learners: z.number().int(),
    }),
  })
  .meta({ id: 'Caseload' });
export type Caseload = z.infer<typeof Caseload>;

export const CaseloadQuery = z.object({
  ...pageQuery,
  /** Name, mail or id begins with this. */
  search: z.string().trim().min(1).max(100).optional(),
  /** `active` (the default): open and acknowledged. */
  show: z.enum(['active', 'overdue', 'snoozed', 'closed', 'all', ...alertStatuses]).default('active'),
  school: Id.optional(),
  class: Id.optional(),
  reason: z.string().max(40).optional(),
  /** Highest risk first; or what is due first; or newest first. */
  rank: z.enum(['probability', 'due', 'raised']).default('probability'),
  /** Admins: whose caseload. Everybody else has their own. */
  counselor: Id.optional(),
});
