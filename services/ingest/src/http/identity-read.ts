import { type NewFact } from '@pharos/facts';
import { type Door } from '../door/door.js';
import { type Caller } from './reply.js';

/** Whoever is shown a person leaves a trace: it is durable before the answer goes out. */
export function identityRead(
  door: Pick<Door, 'now' | 'newId'>,
  { credential }: Caller,
  whom: readonly string[],
  why = 'GET /xapi/statements',
): NewFact {
  const at = door.now().toISOString();
  const data = { by: credential.id, whom: [...whom], why, at };
  return { id: door.newId(), type: 'IdentityRead', version: 1, tenant: credential.tenant, key: credential.tenant, occurredAt: at, data };
}
