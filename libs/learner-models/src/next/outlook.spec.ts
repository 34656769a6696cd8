import { describe, expect, it } from '@jest/globals';
import { outlookOf } from './outlook.js';
import { coverageOfOutlook } from './simulated-outlook.js';

const known = (chance: number, half = 0.1) => ({ chance, interval: { low: chance - half, high: Math.min(0.99, chance + half) } });
const days = Array.from({ length: 28 }, (_, day) => (day % 2 === 0 ? 6 : 0));

describe('the outlook of a course', () => {
  it('is the same for the same seed, says more for who practises, less surely for who is little known', () => {
    const asked = { standings: [known(0.5), known(0.6)], days, daysLeft: 60, seed: 3 };
    const outlook = outlookOf(asked)!;
    expect(outlookOf(asked)).toEqual(outlook);
    expect([outlook.low <= outlook.likely, outlook.likely <= outlook.high]).toEqual([true, true]);
    expect(outlook.likely).toBeGreaterThan(outlook.now + 0.1);
    const idle = outlookOf({ ...asked, days: days.map(() => 0) })!;
    expect(Math.abs(idle.likely - idle.now)).toBeLessThan(0.06);
    const unsure = outlookOf({ ...asked, days: [], standings: [null, null] })!;
    expect(unsure.high - unsure.low).toBeGreaterThan(idle.high - idle.low);
  });

  it('has nothing to say without skills, and refuses an end that is over', () => {
    expect(outlookOf({ standings: [], days, daysLeft: 10, seed: 1 })).toBeNull();
    expect(() => outlookOf({ standings: [null], days, daysLeft: -3, seed: 1 })).toThrow('3 days back');
  });

  // The interval promises 0.8. With 50 learners a share has a standard error of 0.057, and an interval that covers more than it promises is no harm.
  it.each([
    ['gains as reckoned', 0.08],
    ['gains half as large', 0.04],
    ['gains half as large again', 0.12],
  ])('in simulation its interval covers what it promises, whenever in the term it is asked: %s', (_, gain) => {
    const world = coverageOfOutlook({ learners: 50, skills: 8, gain, seed: 2 });
    for (const { day, covered } of world) expect([day, covered >= 0.66 ? 'as promised' : covered]).toEqual([day, 'as promised']);
    // Later in the term more is known: the interval narrows.
    expect(world.at(-1)!.width).toBeLessThan(world[0]!.width);
  });
});
