import { describe, expect, it } from '@jest/globals';
import { canonicalJson, learnedHash } from './learned-hash.js';

describe('canonicalJson', () => {
  it('does not depend on the order of keys', () =>
    expect(canonicalJson({ b: [1, null], a: { d: 'x', c: undefined } })).toBe('{"a":{"d":"x"},"b":[1,null]}'));
  it.each([[NaN], [Infinity], [new Float64Array(1)], [new Date(0)]])('refuses %p, which JSON would change', (value) => {
    expect(() => canonicalJson({ value })).toThrow(RangeError);
  });
});

describe('learnedHash', () => {
  // sha256 of the two bytes "{}", as `printf '{}' | sha256sum` prints it.
  it('is sha256 in hex', () => expect(learnedHash({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'));
});
