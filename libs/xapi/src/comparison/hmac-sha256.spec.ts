import { createHmac, createSecretKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hmacSha256 } from './hmac-sha256.js';

describe('hmacSha256', () => {
  it('is HMAC-SHA256, for every text and key', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), fc.string({ unit: 'binary' }), (key, text) => {
        expect(hmacSha256(key)(text)).toBe(createHmac('sha256', key).update(text).digest('base64url'));
      }),
    );
  });

  it('takes texts of any length under one key, one after the other', () => {
    const key = createSecretKey(Buffer.alloc(32, 7));
    const hmac = hmacSha256(key);
    for (const text of ['', 'short', 'long ü€😀'.repeat(9_000), 'short']) {
      expect(hmac(text)).toBe(createHmac('sha256', key).update(text).digest('base64url'));
    }
  });

  it('refuses a key that is longer than a block', () => {
    expect(() => hmacSha256(Buffer.alloc(65))).toThrow(RangeError);
  });
});
