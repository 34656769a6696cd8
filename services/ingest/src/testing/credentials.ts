import { type Credential, type CredentialCheck, type CredentialSettings } from '@pharos/registry';

/** Keys that a test names itself; the real check lives in the registry. */
export function keysOf(
  keys: Readonly<
    Record<
      string,
      { readonly secret: string; readonly tenant: string; readonly scopes: readonly string[]; readonly settings?: CredentialSettings }
    >
  >,
): CredentialCheck {
  return {
    verify: (id, secret) => {
      const key = keys[id];
      if (key?.secret !== secret) return Promise.resolve(undefined);
      const credential: Credential = {
        id,
        name: id,
        tenant: key.tenant,
        scopes: key.scopes,
        ...(key.settings && { settings: key.settings }),
        createdAt: new Date(0),
        revokedAt: null,
        lastSeenAt: null,
      };
      return Promise.resolve(credential);
    },
  };
}

export const basic = (id: string, secret: string) => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
