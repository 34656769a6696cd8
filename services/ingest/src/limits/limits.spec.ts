import { describe, expect, it } from '@jest/globals';
import { CredentialLimits } from './credential-limits.js';
import { FairTurns } from './fair-turns.js';
import { InFlightBound } from './in-flight-bound.js';
import { TokenBucket } from './token-bucket.js';

describe('a bucket', () => {
  it('lets a second of its rate through at once, then its rate', () => {
    let now = 0;
    const bucket = new TokenBucket(10, () => now);
    expect(Array.from({ length: 11 }, () => bucket.take(1))).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    now = 100;
    expect([bucket.take(1), bucket.take(1) > 0]).toEqual([0, true]);
  });
  it('lets a larger piece pass once, and makes the next ones wait for it', () => {
    let now = 0;
    const bucket = new TokenBucket(2, () => now);
    expect([bucket.take(5), bucket.take(1)]).toEqual([0, 1_500]);
    now = 1_000;
    expect(bucket.take(1)).toBe(500);
    now = 1_600;
    expect(bucket.take(1)).toBe(0);
  });
  it('over a long time lets no more through than its rate', () => {
    let now = 0;
    const bucket = new TokenBucket(50, () => now);
    let passed = 0;
    for (; now < 20_000; now += 7) if (bucket.take(3) === 0) passed += 3;
    expect(passed).toBeGreaterThan(20 * 50);
    expect(passed).toBeLessThanOrEqual(21 * 50 + 3);
  });
});

describe('limits of credentials', () => {
  const limited = { tenant: 't', id: 'a', settings: { limits: { requestsPerSecond: 1 } } };
  it('are each credential’s own, of each kind apart, and none where none are set', () => {
    const limits = new CredentialLimits(() => 0);
    expect([limits.take(limited, 'requestsPerSecond', 1), limits.take(limited, 'requestsPerSecond', 1) > 0]).toEqual([0, true]);
    expect(limits.take({ ...limited, tenant: 'u' }, 'requestsPerSecond', 1)).toBe(0);
    expect(limits.take(limited, 'bytesPerSecond', 1e9)).toBe(0);
    for (let n = 0; n < 1_000; n++) expect(limits.take({ tenant: 't', id: 'b', settings: {} }, 'requestsPerSecond', 1)).toBe(0);
  });
  it('are in force anew when they were changed', () => {
    const limits = new CredentialLimits(() => 0);
    limits.take(limited, 'requestsPerSecond', 1);
    const wider = { ...limited, settings: { limits: { requestsPerSecond: 5 } } };
    expect(Array.from({ length: 6 }, () => limits.take(wider, 'requestsPerSecond', 1) > 0)).toEqual([
      false,
      false,
      false,
      false,
      false,
      true,
    ]);
  });
});

describe('what is in flight', () => {
  it('is bounded in bytes, and one alone is let in', () => {
    const bound = new InFlightBound({ bytes: 100, requests: 10 });
    const large = bound.enter('a', 500);
    expect([typeof large, bound.enter('b', 1)]).toEqual(['function', undefined]);
    large!();
    large!();
    expect([typeof bound.enter('a', 60), bound.enter('b', 60), typeof bound.enter('b', 40)]).toEqual(['function', undefined, 'function']);
  });
  it('one sender has half of the places', () => {
    const bound = new InFlightBound({ bytes: 100, requests: 4 });
    const entered = ['a', 'a', 'a', 'b', 'b', 'b'].map((sender) => bound.enter(sender, 0));
    expect(entered.map((leave) => leave !== undefined)).toEqual([true, true, false, true, true, false]);
    entered[0]!();
    expect(bound.enter('a', 0)).toBeDefined();
  });
});

describe('fair turns', () => {
  it('of those that wait, one of each sender comes after the other, whoever sent how many', async () => {
    const turns = new FairTurns(2);
    const order: string[] = [];
    const send = async (name: string) => {
      const leave = await turns.enter(name.split(' ')[0]!);
      order.push(name);
      await Promise.resolve();
      leave();
      leave();
    };
    const names = [...Array.from({ length: 6 }, (_, n) => `flood ${n}`), 'calm 0', 'other 0', 'calm 1'];
    await Promise.all(names.map(send));
    expect(order).toEqual(['flood 0', 'flood 1', 'flood 2', 'calm 0', 'other 0', 'flood 3', 'calm 1', 'flood 4', 'flood 5']);
  });
  it('nobody waits where there is room', () => {
    const turns = new FairTurns(1);
    const leave = turns.enter('a');
    expect([typeof leave, turns.enter('b')]).toEqual(['function', expect.any(Promise)]);
  });
});
