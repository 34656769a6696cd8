import { grants, type Need, scopesFor } from '@pharos/contract';
import { type Credential } from '@pharos/registry';
import { type ReadOptions } from '../door/read-statement.js';
import { problem, type Problem } from './problem.js';

/**
 * The 403 for a credential that may not do what a request needs; undefined for one that may. Every route asks here.
 *
 * @example const refused = refuseWithout(caller.credential, 'state/write'); if (refused) return refuse(reply, refused);
 */
export function refuseWithout({ scopes }: Pick<Credential, 'scopes'>, need: Need): Problem | undefined {
  if (grants(scopes, need)) return undefined;
  return problem(403, `This needs a credential with the scope ${scopesFor(need).join(' or ')}.`);
}

/**
 * What a credential may see of statements.
 *
 * `statements/read`, `all/read` and `all` read everything of the tenant, `statements/read/mine` what the credential sent
 * itself. People are put back for `identities/read` and `all`, and for whoever sent the statement: they know them already.
 */
export function readingRights({ id, scopes }: Credential): Pick<ReadOptions, 'mayRead' | 'withIdentities'> {
  const everything = grants(scopes, 'statements/read');
  const own = grants(scopes, 'statements/read/mine');
  const identities = grants(scopes, 'identities/read');
  return {
    mayRead: (sender) => everything || (own && sender === id),
    withIdentities: (sender) => identities || (own && sender === id),
  };
}
