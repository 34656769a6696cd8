import { type Claim } from '@pharos/event-log';
import { readFact, topicOf } from '@pharos/facts';

/**
 * The claim with which a fact of the log was appended; undefined for one that came without, and for what is no fact. What the log
 * holds is enough to make its claims again.
 *
 * @param stored what lies in the log
 * @example claimOf({ type: 'StatementVoided', tenant: 'uni', id: 'v1', … }) // => { tenant: 'uni', id: 'v1', hash: 'void' }
 */
export function claimOf(stored: unknown): Claim | undefined {
  const read = readFact(stored);
  if (!read.ok) return undefined;
  const { tenant, id, type } = read.fact;
  switch (type) {
    case 'StatementRecorded':
      return { tenant, id, hash: read.fact.data.hash };
    case 'StatementVoided':
      return { tenant, id, hash: VOID_HASH };
    case 'DeadLettered':
      // What the fold puts aside has no claim, and is not sealed.
      return read.fact.data.sealed ? { tenant, id, hash: DEAD_LETTER_HASH } : undefined;
    default:
      return type === 'ActivitySummarised' || topicOf(type) === 'roster' ? { tenant, id, hash: ROSTER_HASH } : undefined;
  }
}

/** The ids of these hold the content: equal ids are equal content whatever the hash says. */
export const VOID_HASH = 'void';
export const DEAD_LETTER_HASH = 'dead-letter';
export const ROSTER_HASH = 'roster';
