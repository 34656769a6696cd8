import { type Credential, type CredentialCheck } from '@pharos/registry';

const BASIC = /^Basic +([A-Za-z0-9+/]+={0,2})$/i;

/**
 * Who a request's Basic key belongs to; undefined for none, a malformed, unknown, wrong or revoked one. The check
 * answers from memory at most 5 s old, so there is no second memory here.
 */
export async function authenticate(check: CredentialCheck, header: string | undefined): Promise<Credential | undefined> {
  const [, encoded] = BASIC.exec(header ?? '') ?? [];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : check.verify(text.slice(0, colon), text.slice(colon + 1));
}
