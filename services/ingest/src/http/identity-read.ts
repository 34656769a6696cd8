import { type NewFact } from '@pharos/facts';
import { type Door } from '../door/door.js';
import { type Caller } from './reply.js';

/** Whoever is shown a person leaves a trace: it is durable before the answer goes out. */
export const identityRead = (
  door: Pick<Door, 'now' | 'newId'>,
  { credential }: Caller,
  whom: readonly string[],
  why = 'GET /xapi/statements',
): NewFact => identityReadBy(door, credential, whom, why);

/** The same for a reader who did not come over HTTP. */
export function identityReadBy(
  door: Pick<Door, 'now' | 'newId'>,
  { id: by, tenant }: { readonly id: string; readonly tenant: string },
  whom: readonly string[],
  why: string,
): NewFact {
  const at = door.now().toISOString();
  return {
    id: door.newId(),
    type: 'IdentityRead',
    version: 1,
    tenant,
    key: tenant,
    occurredAt: at,
    data: { by, whom: [...whom], why, at },
  };
}
