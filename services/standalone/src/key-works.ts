import { credentialScopes } from '@pharos/contract';
import { type Credential, type CredentialSettings } from '@pharos/registry';
import { tenantOf } from './commands/command-context.js';
import { type Homes } from './homes/open-homes.js';
import { Refusal } from './refusal.js';

interface OfTenant {
  readonly tenant?: string | undefined;
}
interface KeyChange extends OfTenant {
  readonly id: string;
  readonly name?: string | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly settings?: CredentialSettings | undefined;
}

/** A misspelt scope would grant nothing, and nobody would know why. */
function known(scopes: readonly string[]): readonly string[] {
  const unknown = scopes.find((scope) => !(credentialScopes as readonly string[]).includes(scope));
  if (unknown !== undefined) throw new Refusal(`no scope is called ${unknown}; there are ${credentialScopes.join(', ')}`, 2);
  if (scopes.length === 0) throw new Refusal('a key needs at least one scope', 2);
  return scopes;
}

/** Whoever has this machine acts in this name. */
const BY = 'command line';

const credentialsOf = async (homes: Homes, { tenant }: OfTenant) => homes.registry.tenant(await tenantOf(homes, tenant)).credentials;

/** Keys of platforms, for the command line. Dates come as text: they may have crossed to another process. */
export const keyWorks = {
  'key.list': async (homes: Homes, given: OfTenant) => (await (await credentialsOf(homes, given)).list()).map(shown),
  'key.create': async (
    homes: Homes,
    given: OfTenant & { readonly name: string; readonly scopes: readonly string[]; readonly settings: CredentialSettings },
  ) => {
    const scopes = known(given.scopes);
    const { credential, secret } = await (
      await credentialsOf(homes, given)
    ).create({ name: given.name, scopes, settings: given.settings }, BY);
    return { ...shown(credential), secret };
  },
  'key.change': async (homes: Homes, given: KeyChange) => {
    const { id, name, scopes, settings } = given;
    const change = { ...(name !== undefined && { name }), ...(scopes && { scopes: known(scopes) }), ...(settings && { settings }) };
    const changed = await (await credentialsOf(homes, given)).change(id, change, BY);
    if (!changed) throw new Refusal(`no key is called ${id}`, 2);
    return shown(changed);
  },
  'key.revoke': async (homes: Homes, given: OfTenant & { readonly id: string }) => {
    if (!(await (await credentialsOf(homes, given)).revoke(given.id, BY))) throw new Refusal(`no key is called ${given.id}`, 2);
    return { id: given.id };
  },
} as const;

const shown = ({ id, name, scopes, settings = {}, createdAt, revokedAt, lastSeenAt }: Credential) => ({
  id,
  name,
  scopes,
  settings,
  createdAt: createdAt.toISOString(),
  revokedAt: revokedAt?.toISOString() ?? null,
  lastSeenAt: lastSeenAt?.toISOString() ?? null,
});
