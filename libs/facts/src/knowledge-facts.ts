import { z } from 'zod';
import { fact, instant } from './envelope.js';

/** Which skills an item needs, or all items whose ids begin so. Without skills it belongs to none any more. */
export const itemPlacement = z.object({
  item: z.string().min(1).max(500),
  /** The item's id is the beginning of many; an item placed by itself goes before, and so does a longer beginning. */
  prefix: z.boolean(),
  skills: z.array(z.string().min(1).max(200)).max(20),
  subject: z.string().min(1).max(100),
  /** Log odds by which it is harder (positive) or easier than usual for its skills. */
  difficulty: z.number(),
});
export type ItemPlacement = z.infer<typeof itemPlacement>;

/**
 * Where items stand among skills. Each answer is read with the placement that was in force when it was recorded: the last of its
 * item whose `holdsFrom` is not later.
 */
export const ItemsPlaced = fact('ItemsPlaced', 1, z.object({ holdsFrom: instant, items: z.array(itemPlacement).min(1) }));

/**
 * The model by which answers of a subject are read from a moment on: item and skill parameters, frozen. `holdsFrom` is later than
 * anything recorded when it was decided, so that a live fold and a rebuild read each answer with the same version.
 */
export const KnowledgeSet = fact(
  'KnowledgeSet',
  1,
  z.object({
    /** Hash of the learned values. */
    model: z.string(),
    kind: z.string(),
    subject: z.string(),
    holdsFrom: instant,
    /** Answers that it was learned from. */
    answers: z.number().int().nonnegative(),
    learners: z.number().int().nonnegative(),
    /** Every candidate on later answers of learners: what the choice was made by. */
    evaluation: z.array(
      z.object({
        kind: z.string(),
        auc: z.number().nullable(),
        logLoss: z.number(),
        calibrationError: z.number(),
        answers: z.number().int(),
        /** Answers by what was foretold of them; not there in facts of before it was kept. */
        reliability: z
          .array(z.object({ from: z.number(), to: z.number(), answers: z.number().int(), predicted: z.number(), observed: z.number() }))
          .optional(),
      }),
    ),
    learned: z.unknown(),
  }),
);
