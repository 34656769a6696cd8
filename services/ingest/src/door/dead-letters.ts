import { hash } from 'node:crypto';
import { type NewFact } from '@pharos/facts';
import { keyedIds } from '../keyed-id.js';
import { DEAD_LETTER_HASH } from './claim-of.js';
import { type EntryOptions } from './door.js';

/** What could not be taken, as it came. */
export interface Refused {
  /** `import oulad`, `import xapi`, `roster`. */
  readonly source: string;
  /** File and line. */
  readonly place: string;
  /** Named function that refused it. */
  readonly step: string;
  readonly reason: string;
  readonly bytes: string;
}

/**
 * Keeps what an import could not take, sealed with the tenant's key, since it may hold identities: neither place, step
 * nor reason may repeat what it says.
 *
 * Importing the same file again adds no second letter for the same line.
 *
 * @returns their ids, in the order given
 * @throws LogUnavailable when the log cannot take them now
 */
export async function deadLetter(
  { log, vault, now }: EntryOptions,
  tenant: string,
  refused: readonly Refused[],
): Promise<readonly string[]> {
  if (refused.length === 0) return [];
  const idOf = keyedIds(await vault.hashKey(tenant));
  const occurredAt = now().toISOString();
  const claimed = await Promise.all(
    refused.map(async ({ source, place, step, reason, bytes }) => {
      const id = idOf('dead-letter', source, place, step, hash('sha256', bytes, 'hex'));
      const data = { source, place, step, reason, bytes: await vault.sealForTenant(tenant, bytes), sealed: true };
      const fact: NewFact = { id, type: 'DeadLettered', version: 1, tenant, key: source, occurredAt, data };
      return { fact, claim: { tenant, id, hash: DEAD_LETTER_HASH } };
    }),
  );
  const unique = [...new Map(claimed.map((one) => [one.claim.id, one])).values()];
  await log.appendClaimed(unique);
  return claimed.map(({ claim }) => claim.id);
}
