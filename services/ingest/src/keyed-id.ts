import { createHmac, hash } from 'node:crypto';

/** Makes a UUID (version 8: custom) that is always the same for the same parts under the same key. */
export type KeyedId = (...parts: readonly (string | number)[]) => string;

/**
 * Ids of what an import or a roster tells, from what it is about, so that telling it again changes nothing.
 *
 * Keyed, because the parts hold numbers of people: without the vault's key nobody can find out by trying which
 * student an id was made from.
 *
 * @param key the tenant's own, from the vault; the same for ever
 * @example keyedIds(key)('click', 'AAA-2013J', '28400') // => '3f0c…-8…'
 */
export function keyedIds(key: Uint8Array): KeyedId {
  // The key is mixed in by HMAC once; each id then costs one hash under that secret prefix of a fixed length.
  const secret = createHmac('sha256', key).update('ids of imports').digest('hex');
  return (...parts) => {
    const hex = hash('sha256', `${secret}${JSON.stringify(parts)}`, 'hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${VARIANT[hex.charCodeAt(16) & 3]}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  };
}

const VARIANT = ['8', '9', 'a', 'b'];
