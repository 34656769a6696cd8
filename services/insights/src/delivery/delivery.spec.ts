import { describe, expect, it } from '@jest/globals';
import { MOST_ATTEMPTS, nextAttempt } from './back-off.js';
import { afterQuiet, nextDigest } from './quiet-hours.js';
import { isSignedBy, signatureOf } from './signature.js';

const quiet = { from: 20, to: 7 };
const at = (iso: string) => new Date(iso);

describe('quiet hours', () => {
  it('wait for the morning of the tenant’s time zone', () => {
    // 21:30 in Madrid in winter is 20:30 UTC.
    expect(afterQuiet(at('2026-02-02T20:30:00Z'), quiet, 'Europe/Madrid')).toEqual(at('2026-02-03T06:00:00Z'));
    expect(afterQuiet(at('2026-02-03T03:00:00Z'), quiet, 'Europe/Madrid')).toEqual(at('2026-02-03T06:00:00Z'));
    expect(afterQuiet(at('2026-02-02T20:30:00Z'), quiet, 'America/New_York')).toEqual(at('2026-02-02T20:30:00Z'));
  });

  it('do not hold what comes by day, nor where there are none', () => {
    expect(afterQuiet(at('2026-02-02T12:00:00Z'), quiet, 'UTC')).toEqual(at('2026-02-02T12:00:00Z'));
    expect(afterQuiet(at('2026-02-02T23:00:00Z'), null, 'UTC')).toEqual(at('2026-02-02T23:00:00Z'));
    expect(afterQuiet(at('2026-02-02T13:00:00Z'), { from: 12, to: 14 }, 'UTC')).toEqual(at('2026-02-02T14:00:00Z'));
  });

  it('keep the local hour when the clocks change', () => {
    // In the night to 29 March 2026 Madrid goes from UTC+1 to UTC+2.
    expect(afterQuiet(at('2026-03-28T22:00:00Z'), quiet, 'Europe/Madrid')).toEqual(at('2026-03-29T05:00:00Z'));
  });

  it('send a digest the next morning', () => {
    expect(nextDigest(at('2026-02-02T12:00:00Z'), quiet, 'UTC')).toEqual(at('2026-02-03T07:00:00Z'));
    expect(nextDigest(at('2026-02-02T05:00:00Z'), null, 'UTC')).toEqual(at('2026-02-02T07:00:00Z'));
  });
});

describe('trying again', () => {
  it('waits longer each time and gives up', () => {
    const now = at('2026-02-02T12:00:00Z');
    const waits = Array.from({ length: MOST_ATTEMPTS }, (_, i) => nextAttempt(i + 1, now)).map(
      (next) => next && (next.getTime() - now.getTime()) / 1_000,
    );
    expect(waits).toEqual([30, 120, 480, 1_920, 7_680, 14_400, 14_400, null]);
  });
});

describe('a signature', () => {
  const now = at('2026-02-02T12:00:00Z');

  it('is HMAC-SHA256 over time and body', () => {
    // printf '0.{}' | openssl dgst -sha256 -hmac secret
    expect(signatureOf('secret', '{}', new Date(0))).toBe('t=0,v1=4bbe8d39de1ffea42cffafb4727e02f761bef8ed2886b51575ce417d542e918f');
  });

  it('is of one body, one secret and one time', () => {
    const header = signatureOf('secret', '{"a":1}', now);
    expect(isSignedBy('secret', '{"a":1}', header, now)).toBe(true);
    expect(isSignedBy('secret', '{"a":2}', header, now)).toBe(false);
    expect(isSignedBy('other', '{"a":1}', header, now)).toBe(false);
    expect(isSignedBy('secret', '{"a":1}', header, at('2026-02-02T12:05:01Z'))).toBe(false);
    expect(isSignedBy('secret', '{"a":1}', 'nonsense', now)).toBe(false);
  });
});
