/**
 * Scopes of a platform's credential: those of the xAPI specification, then those of Pharos itself.
 *
 * Source: xAPI 1.0.3, part three, 4.2.1 (OAuth authorization scope).
 */
export const credentialScopes = [
  'statements/write',
  'statements/read/mine',
  'statements/read',
  'state',
  'define',
  'profile',
  'all/read',
  'all',
  'identities/read',
  'authority/write',
  'history/write',
  'roster/write',
  'answers/read',
] as const;
export type CredentialScope = (typeof credentialScopes)[number];

/** What a request may need; each is granted by its own scope or by a wider one. */
export const needs = [
  ...['statements/write', 'statements/read/mine', 'statements/read', 'state/read', 'state/write', 'profile/read', 'profile/write'],
  ...['activities/read', 'agents/read', 'define', 'identities/read', 'authority/write', 'history/write', 'roster/write', 'answers/read'],
] as readonly Need[];
export type Need =
  | Exclude<CredentialScope, 'state' | 'profile' | 'all' | 'all/read'>
  | 'state/read'
  | 'state/write'
  | 'profile/read'
  | 'profile/write'
  | 'activities/read'
  | 'agents/read';

/** `all` is everything of the specification, with people named. What belongs to Pharos besides is asked for by its own scope. */
const grantedBy: Readonly<Record<Need, readonly CredentialScope[]>> = {
  'statements/write': ['statements/write', 'all'],
  'statements/read/mine': ['statements/read/mine', 'statements/read', 'all/read', 'all'],
  'statements/read': ['statements/read', 'all/read', 'all'],
  'state/read': ['state', 'all/read', 'all'],
  'state/write': ['state', 'all'],
  'profile/read': ['profile', 'all/read', 'all'],
  'profile/write': ['profile', 'all'],
  'activities/read': ['statements/read', 'statements/read/mine', 'state', 'profile', 'define', 'all/read', 'all'],
  'agents/read': ['statements/read', 'profile', 'all/read', 'all'],
  define: ['define', 'all'],
  'identities/read': ['identities/read', 'all'],
  'authority/write': ['authority/write'],
  'history/write': ['history/write'],
  'roster/write': ['roster/write'],
  'answers/read': ['answers/read'],
};

/**
 * Whether scopes grant what a request needs. Unknown scopes grant nothing.
 *
 * @example grants(['all/read'], 'state/read') // => true
 */
export function grants(scopes: readonly string[], need: Need): boolean {
  return grantedBy[need].some((scope) => scopes.includes(scope));
}

/** The scopes that grant a need, narrowest first: for messages. @example scopesFor('state/read') // => ['state', 'all/read', 'all'] */
export const scopesFor = (need: Need): readonly CredentialScope[] => grantedBy[need];
