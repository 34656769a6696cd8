import { type Credential } from '@pharos/registry';
import { type ReadOptions } from '../door/read-statement.js';

/**
 * What a credential may see of statements.
 *
 * `statements/read`, `all/read` and `all` read everything of the tenant, `statements/read/mine` what the credential sent
 * itself. People are put back for `identities/read` and `all`, and for whoever sent the statement: they know them already.
 */
export function readingRights({ id, scopes }: Credential): Pick<ReadOptions, 'mayRead' | 'withIdentities'> | undefined {
  const everything = ['statements/read', 'all/read', 'all'].some((scope) => scopes.includes(scope));
  if (!everything && !scopes.includes('statements/read/mine')) return undefined;
  const identities = scopes.includes('identities/read') || scopes.includes('all');
  return {
    mayRead: (sender) => everything || sender === id,
    withIdentities: (sender) => identities || sender === id,
  };
}
