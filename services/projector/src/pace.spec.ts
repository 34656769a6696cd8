import { describe, expect, it } from '@jest/globals';
import { gatherMs } from './pace.js';

describe('the pace of a live fold', () => {
  it('gathers where a few come for twice as long as they took, so that a trickle never takes a core for itself', () => {
    expect(gatherMs(49, 40)).toBe(80);
  });
  it('gathers in a stream, five times as long as roll-ups took', () => {
    expect(gatherMs(50, 20)).toBe(100);
  });
  it('never gathers for longer than half a second', () => {
    expect(gatherMs(100_000, 3_000)).toBe(500);
  });
});
