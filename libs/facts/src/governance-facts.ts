import { z } from 'zod';
import { fact, instant, token } from './envelope.js';

export const ConsentChanged = fact(
  'ConsentChanged',
  1,
  z.object({ learner: token, purpose: z.string(), granted: z.boolean(), by: z.string() }),
);
/** The learner's row, blind index and key are gone from the vault. Replayed after a restore of an older backup. */
export const LearnerErased = fact('LearnerErased', 1, z.object({ learner: token, by: z.string(), reason: z.string() }));
export const PolicyChanged = fact('PolicyChanged', 1, z.object({ policy: z.string(), by: z.string(), value: z.unknown() }));
/** Someone read who a token is. `whom` are tokens; `why` is the route or purpose. */
export const IdentityRead = fact('IdentityRead', 1, z.object({ by: z.string(), whom: z.array(token), why: z.string(), at: instant }));

/** What could not be taken or folded, and why. At the door the bytes are sealed with a tenant key: they may hold identities. */
export const DeadLettered = fact(
  'DeadLettered',
  1,
  z.object({
    /** Where it came from: `door`, `import oulad`, or a topic. */
    source: z.string(),
    /** Line of a file, or `partition/offset` of a log. */
    place: z.string(),
    /** Named function that refused it. */
    step: z.string(),
    reason: z.string(),
    /** Sealed bytes, or the fact as it stands in the log (which holds no identity). */
    bytes: z.string(),
    sealed: z.boolean(),
  }),
);
