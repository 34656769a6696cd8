import { createHash, randomBytes, randomUUID } from 'node:crypto';

/** 256 random bits: nobody guesses it, so a plain SHA-256 of it may be stored. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

export const secretHash = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** Ids of rows that people and platforms see in addresses. */
export const newId = (): string => randomUUID();
