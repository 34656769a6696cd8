import { randomUUID } from 'node:crypto';
import { type NewFact } from '@pharos/facts';

/** The fact that someone read who these tokens are. @param why name of the route or purpose */
export function identityRead(tenant: string, by: string, whom: readonly string[], why: string, now: Date): NewFact {
  const at = now.toISOString();
  return {
    id: randomUUID(),
    type: 'IdentityRead',
    version: 1,
    tenant,
    key: tenant,
    occurredAt: at,
    data: { by, whom: [...whom], why, at },
  };
}
