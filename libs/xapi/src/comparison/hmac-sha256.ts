import { hash, type KeyObject } from 'node:crypto';

const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;
/** Room for most statements; a longer text gets room of its own for once. */
const ROOM_BYTES = 16 * 1024;

/** HMAC-SHA256 of a text under one key, as base64url. */
export type TextHmac = (text: string) => string;

/**
 * HMAC-SHA256 (RFC 2104) with the key's two pads laid out once: two one-shot digests. An Hmac object for each text costs
 * three times as much, most of it for collecting the object afterwards.
 *
 * @param key at most 64 bytes
 * @throws RangeError for a longer key, which RFC 2104 would hash first
 * @example hmacSha256(key)('text') // => createHmac('sha256', key).update('text').digest('base64url')
 */
export function hmacSha256(key: KeyObject | Uint8Array): TextHmac {
  const secret = key instanceof Uint8Array ? key : key.export();
  if (secret.length > BLOCK_BYTES) throw new RangeError('the key of an HMAC has at most 64 bytes here');
  const kept = Buffer.alloc(BLOCK_BYTES + ROOM_BYTES, 0x36, 'latin1');
  const outer = Buffer.alloc(BLOCK_BYTES + DIGEST_BYTES, 0x5c, 'latin1');
  secret.forEach((byte, index) => {
    kept[index] = byte ^ 0x36;
    outer[index] = byte ^ 0x5c;
  });
  return (text) => {
    // A character of UTF-16 is at most three bytes of UTF-8.
    const inner = text.length * 3 <= ROOM_BYTES ? kept : Buffer.concat([kept.subarray(0, BLOCK_BYTES), Buffer.alloc(text.length * 3)]);
    const bytes = inner.write(text, BLOCK_BYTES);
    outer.set(hash('sha256', inner.subarray(0, BLOCK_BYTES + bytes), 'buffer'), BLOCK_BYTES);
    return hash('sha256', outer, 'base64url');
  };
}
