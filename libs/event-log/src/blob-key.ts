import { createHash } from 'node:crypto';

const KEY = /^[0-9a-f]{64}$/;
const NOTE = /^[0-9a-z-]+$/;

/** The name of bytes: their SHA-256 as 64 lower-case hexadecimal digits. */
export const blobKey = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** @throws RangeError for anything but a key, so that no name ever leads elsewhere */
export function checkedKey(key: string): string {
  if (!KEY.test(key)) throw new RangeError(`${key} is not the key of a blob`);
  return key;
}

/** Where a note lies in a store. @throws RangeError for a name that could lead elsewhere */
export function notePath(name: string): string {
  if (!NOTE.test(name)) throw new RangeError(`${name} is not the name of a note`);
  return `notes/${name}`;
}
