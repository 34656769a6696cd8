import { createCipheriv, createDecipheriv, createHmac, type KeyObject, randomBytes } from 'node:crypto';

const ivBytes = 12;
const tagBytes = 16;
/** First byte of everything sealed, so that another cipher can follow one day. */
const aes256Gcm = 1;

/** What was sealed is not what is opened: another key, another place, or changed bytes. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/**
 * Seals bytes with AES-256-GCM. `place` says where they belong; they open nowhere else. A random iv of 96 bits is safe
 * for 2^32 seals with one key (NIST SP 800-38D, 8.3); a learner's key does far fewer. About 15 µs: keys are KeyObjects,
 * as raw bytes would be made into one at each call, for another 20 µs.
 */
export function sealBytes(key: KeyObject, plain: Buffer | string, place: string): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(place));
  const body = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain);
  return Buffer.concat([Buffer.of(aes256Gcm), iv, body, cipher.final(), cipher.getAuthTag()]);
}

/** @throws Unreadable */
export function openBytes(key: KeyObject, sealed: Buffer, place: string): Buffer {
  if (sealed.length < 1 + ivBytes + tagBytes || sealed[0] !== aes256Gcm) throw new Unreadable(`not sealed: ${place}`);
  const bodyEnd = sealed.length - tagBytes;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + ivBytes))
    .setAAD(Buffer.from(place))
    .setAuthTag(sealed.subarray(bodyEnd));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(1 + ivBytes, bodyEnd)), decipher.final()]);
  } catch (cause) {
    throw new Unreadable(`cannot be opened: ${place}`, { cause });
  }
}

/** Where a value belongs: parts cannot run into each other. */
export const placeOf = (...parts: readonly string[]): string => parts.join('\0');

/** Keyed digest by which a value is found without being readable: equal values of one tenant and kind have equal digests. */
export const blindIndex = (key: KeyObject, kind: string, tenant: string, value: string): Buffer =>
  createHmac('sha256', key)
    .update(placeOf(kind, tenant, value))
    .digest();

/** 128 random bits: stands for a person or for an agent as sent, and says nothing about either. */
export const newToken = (): string => randomBytes(16).toString('base64url');
