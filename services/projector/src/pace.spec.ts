import { describe, expect, it } from '@jest/globals';
import { gatherMs } from './pace.js';

describe('the pace of a live fold', () => {
  it('lets nobody wait who sent a few statements', () => {
    expect(gatherMs(49, 1_000)).toBe(0);
  });
  it('gathers in a stream, five times as long as roll-ups took', () => {
    expect(gatherMs(50, 20)).toBe(100);
  });
  it('never gathers for longer than half a second', () => {
    expect(gatherMs(100_000, 3_000)).toBe(500);
  });
});
