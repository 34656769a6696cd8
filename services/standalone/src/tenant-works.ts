import { type CredentialScope } from '@pharos/contract';
import { isTimeZone } from '@pharos/runtime';
import { shortestPassword } from '@pharos/registry';
import { type Homes } from './homes/open-homes.js';
import { Refusal } from './refusal.js';

interface NewTenant {
  readonly id: string;
  readonly name: string;
  readonly timeZone?: string | undefined;
  /** Who signs in first. */
  readonly admin: { readonly login: string; readonly password: string };
  /** Name of the first key of a platform, which may do all of the xAPI specification; none is made without it. */
  readonly key?: string | undefined;
}

/** It stands in addresses, topics' keys and file names. */
const ID = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** Whoever has this machine acts in this name. */
const BY = 'command line';

const KEY_SCOPES = ['all', 'history/write', 'authority/write'] as const satisfies readonly CredentialScope[];

/** Tenants, for the command line: an empty one with somebody who may sign in, to begin with or to import into. */
export const tenantWorks = {
  'tenant.add': async ({ registry }: Homes, { id, name, timeZone, admin, key }: NewTenant) => {
    if (!ID.test(id)) throw new Refusal('the id of a tenant is up to 63 small letters, digits and hyphens, and begins with no hyphen', 2);
    if (timeZone !== undefined && !isTimeZone(timeZone)) throw new Refusal(`no time zone is called ${timeZone}; one is Europe/Madrid`, 2);
    const others = await registry.tenants.list();
    if (others.some((other) => other.id === id)) throw new Refusal(`there is a tenant ${id} already`, 2);
    // Before anything is made: a login is for all tenants, and a tenant whom nobody can sign in to would be left behind.
    const taken = await Promise.all(others.map((other) => registry.tenant(other.id).users.byLogin(admin.login)));
    if (taken.some((user) => user !== undefined)) throw new Refusal(`the login ${admin.login} is taken`, 2);
    if (admin.password.length < shortestPassword) throw new Refusal(`a password has at least ${shortestPassword} characters`, 2);
    const tenant = await registry.tenants.put({ id, name, ...(timeZone !== undefined && { settings: { timeZone } }) });
    const own = registry.tenant(id);
    const made = await own.users.create({ ...admin, roles: ['admin'] });
    if (!made.ok) throw new Refusal(made.reason, 2);
    const created = key === undefined ? undefined : await own.credentials.create({ name: key, scopes: KEY_SCOPES }, BY);
    return {
      tenant: tenant.id,
      name: tenant.name,
      admin: made.user.login,
      ...(created && { key: { id: created.credential.id, secret: created.secret, scopes: [...created.credential.scopes] } }),
    };
  },
  'tenant.list': async ({ registry }: Homes, _given: object) =>
    (await registry.tenants.list()).map(({ id, name, createdAt }) => ({ id, name, createdAt: createdAt.toISOString() })),
} as const;
