import { argon2id, hash, needsRehash, verify } from 'argon2';

/** OWASP's first recommendation for argon2id (2025): 19 MiB, 2 passes, 1 lane. Raised later, old hashes are renewed at sign-in. */
const cost = { type: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const shortestPassword = 10;

export const hashPassword = (password: string): Promise<string> => hash(password, cost);

export const verifyPassword = (stored: string, password: string): Promise<boolean> => verify(stored, password);

export const isOutdated = (stored: string): boolean => needsRehash(stored, cost);
