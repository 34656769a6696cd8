import { z } from 'zod';
import { Instant } from './basics.js';
import { LocalText } from './practice.js';

/** A difference of means at equal mastery, this group less the one that it is set beside, with its 95 % interval. */
const OfferedGap = z.object({
  gap: z.number(),
  low: z.number(),
  high: z.number(),
  /** Even its nearer end is large enough to matter in practice. */
  steered: z.boolean(),
});

/** An item that differs for a group at equal mastery by both methods: Mantel and Haenszel, and logistic regression over all items. */
const UnlikeItem = z.object({
  item: z.string(),
  question: LocalText.nullable(),
  /** Whether it asks more of the group, or less. */
  asks: z.enum(['more', 'less']),
  /** By the classes of ETS. */
  size: z.enum(['moderate', 'large']),
  /** ETS delta: below 0 it is harder for the group; 1 is moderate, 1.5 large. */
  delta: z.number(),
});

/** How practice treats one group beside the largest one of an attribute. */
export const GroupPractice = z.object({
  group: z.string(),
  reference: z.string(),
  /** Too few people to be shown: there are no figures then. */
  withheld: z.boolean(),
  /** Down to tens: a number of people to the last one could be set against other figures. */
  learners: z.number().int().nullable(),
  /** Items with enough first answers of both groups to be compared. */
  compared: z.number().int().nullable(),
  items: z.array(UnlikeItem),
  /** Above 0: offered easier items. Null where nothing could be compared. */
  ease: OfferedGap.nullable(),
  /** Above 0: offered new skills more often. */
  fresh: OfferedGap.nullable(),
});
export type GroupPractice = z.infer<typeof GroupPractice>;

export const FairPractice = z
  .object({
    asOf: Instant,
    minimum: z.number().int(),
    attributes: z.array(z.object({ attribute: z.string(), groups: z.array(GroupPractice) })),
  })
  .meta({ id: 'FairPractice' });
export type FairPractice = z.infer<typeof FairPractice>;
