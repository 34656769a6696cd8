import { credentialScopes } from '@pharos/contract';

export type ScopeName = (typeof credentialScopes)[number];

/** Those of the specification come first in the contract's list; the rest are of Pharos itself. */
const firstOwn = credentialScopes.indexOf('identities/read');
export const specScopes: readonly ScopeName[] = credentialScopes.slice(0, firstOwn);
export const pharosScopes: readonly ScopeName[] = credentialScopes.slice(firstOwn);

/** What a learning platform needs to send what its learners do, and to look at what it sent: the narrowest that works. */
export const usualScopes: readonly string[] = ['statements/write', 'define', 'statements/read/mine', 'state'];

export const limitNames = ['requestsPerSecond', 'statementsPerSecond', 'bytesPerSecond'] as const;
