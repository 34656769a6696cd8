import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { KnownTimes, type PartitionTimes, raisedTime } from './raised-time.js';

const partition = (times: readonly number[]): PartitionTimes => ({
  firstAtOrAfter: (time) => {
    const index = times.findIndex((each) => each >= time);
    return Promise.resolve(index === -1 ? undefined : index);
  },
  greatest: (from, to) => Promise.resolve(Math.max(...times.slice(from, to))),
});

describe('the time of recording', () => {
  it('is the greatest up to an offset, from wherever it is asked', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(20), { minLength: 1, maxLength: 30 }), async (times) => {
        const raised = await Promise.all(times.map((time, offset) => raisedTime(partition(times), offset, time)));
        expect(raised).toEqual(times.map((_, offset) => Math.max(...times.slice(0, offset + 1))));
      }),
    );
  });

  it('is remembered for who goes on where it stopped, and forgotten in the end', () => {
    const known = new KnownTimes();
    known.learn(10, 500);
    expect(known.before(10)).toBe(500);
    expect(known.before(11)).toBeUndefined();
    expect(known.before(0)).toBe(0);
    for (let next = 20; next < 36; next++) known.learn(next, 600);
    expect(known.before(10)).toBeUndefined();
  });
});
