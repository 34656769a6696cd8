import { createHash } from 'node:crypto';

const KEY = /^[0-9a-f]{64}$/;

/** The name of bytes: their SHA-256 as 64 lower-case hexadecimal digits. */
export const blobKey = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** @throws RangeError for anything but a key, so that no name ever leads elsewhere */
export function checkedKey(key: string): string {
  if (!KEY.test(key)) throw new RangeError(`${key} is not the key of a blob`);
  return key;
}
