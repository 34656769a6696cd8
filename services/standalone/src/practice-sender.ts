import { type Door } from '@pharos/ingest';
import { type SendStatement } from '@pharos/insights';
import { type Registry } from '@pharos/registry';
import { type Logger } from '@pharos/runtime';

const name = 'Practice place';

/**
 * Sends what the practice place heard through the door that every platform uses, under a credential of its own in each tenant: it is listed, counted and can be
 * revoked like any other, which closes the practice place of that tenant. Its secret is known to nobody.
 */
export function practiceSender(door: Door, registry: Registry, logger: Logger): SendStatement {
  const credentialOf = async (tenant: string): Promise<string | undefined> => {
    const own = registry.tenant(tenant).credentials;
    const all = (await own.list()).filter((one) => one.name === name);
    if (all.length === 0) return (await own.create({ name, scopes: ['statements/write', 'define'] })).credential.id;
    return all.find(({ revokedAt }) => revokedAt === null)?.id;
  };
  return async (tenant, statement) => {
    const credential = await credentialOf(tenant);
    if (credential === undefined) {
      logger.warn({ tenant }, 'an answer was not kept: the credential of the practice place is revoked');
      return false;
    }
    const sender = { credential, scopes: ['statements/write', 'define'] };
    const accepted = await door.acceptStatements({ tenant, sender, version: '1.0.3', statements: [statement], alone: true });
    if (!accepted.ok) logger.error({ tenant, step: accepted.refused.step }, 'an answer of the practice place was refused at the door');
    return accepted.ok;
  };
} // prettier-ignore
