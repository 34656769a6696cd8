import { type KeyObject } from 'node:crypto';
import { type Claimed, type EventLog } from '@pharos/event-log';
import { comparableHash, type IdentifiedActor } from '@pharos/xapi';
import { utcInstant } from './moments.js';
import { statementAt } from './read-statement.js';
import { type Ready } from './statement-facts.js';

export interface Comparing {
  readonly log: Pick<EventLog, 'findClaim' | 'read'>;
  readonly firstTokenOf: (actor: IdentifiedActor) => string;
  readonly hashKey: KeyObject;
}

/**
 * A statement that was sent without timestamp is answered with the one that the store set, and may come back like that: it
 * is the same statement (xAPI 1.0.3, part two, 2.3.1). Asked only where claims conflict, since it reads the log.
 *
 * @param claimed the statement's own fact and claim, which conflicts
 * @returns the claim under the hash that stands, or undefined where the content differs indeed
 */
export async function withStandingTimestamp(
  { log, firstTokenOf, hashKey }: Comparing,
  { statement }: Pick<Ready, 'statement'>,
  { fact, claim }: Claimed,
): Promise<Claimed | undefined> {
  if (statement.timestamp === undefined) return undefined;
  const standing = await log.findClaim(claim.tenant, claim.id);
  const logged = standing && (await statementAt(log, standing.position));
  if (logged === undefined || logged.data.statement.timestamp !== undefined || logged.recordedAt !== utcInstant(statement.timestamp))
    return undefined;
  const hash = comparableHash(statement, firstTokenOf, hashKey, { omitTimestamp: true });
  return hash === logged.data.hash ? { fact, claim: { ...claim, hash } } : undefined;
}
