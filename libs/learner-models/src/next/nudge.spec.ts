import { describe, expect, it } from '@jest/globals';
import { chooseNudge, isHeldOut, type NudgeState } from './nudge.js';
import { nudgeEffect, simulateNudges } from './nudge-effect.js';

const DAY = 86_400_000;
const now = 100 * DAY;
const away = (days: number, more: Partial<NudgeState> = {}): NudgeState => ({ now, lastAt: now - days * DAY, due: 0, slipping: false, lately: [], perWeek: 2, ...more }); // prettier-ignore

describe('choosing a nudge', () => {
  it.each([
    ['a pause of a week', away(8), 'comeback'],
    ['reviews that are due', away(3, { due: 3 }), 'review-due'],
    ['a goal that slips goes before both', away(9, { due: 5, slipping: true }), 'goal-slipping'],
    ['who practised yesterday is at it', away(1, { due: 5, slipping: true }), undefined],
    ['one review alone is no reason', away(3, { due: 1 }), undefined],
    ['who has been gone for months has decided', away(90, { due: 9 }), undefined],
    ['who never practised is not written to', { ...away(0), lastAt: null, due: 4, slipping: true }, undefined],
    ['no more often than allowed', away(8, { lately: [{ at: now - 3 * DAY, reason: 'review-due' }, { at: now - 5 * DAY, reason: 'goal-slipping' }] }), undefined],
    ['not on two days in a row', away(8, { lately: [{ at: now - DAY, reason: 'review-due' }] }), undefined],
    ['not twice for one reason in a week', away(8, { lately: [{ at: now - 3 * DAY, reason: 'comeback' }] }), undefined],
    ['the next reason takes its place', away(8, { due: 3, lately: [{ at: now - 3 * DAY, reason: 'comeback' }] }), 'review-due'],
  ])('%s', (_, state, reason) => {
    expect(chooseNudge(state)).toBe(reason);
  }); // prettier-ignore
});

describe('who is held out', () => {
  const out = (share: number, tenant = 'north') =>
    Array.from({ length: 5_000 }, (_, n) => n).filter((n) => isHeldOut(tenant, `t_${n}`, share));

  it('is about the share asked for, the same every time, other people in another tenant, and never fewer at a larger share', () => {
    for (const share of [0.1, 0.2, 0.5]) expect(Math.abs(out(share).length / 5_000 - share)).toBeLessThan(0.02);
    expect(out(0.2)).toEqual(out(0.2));
    const south = new Set(out(0.2, 'south'));
    expect(out(0.2).filter((n) => south.has(n)).length / 5_000).toBeLessThan(0.06);
    const larger = new Set(out(0.5));
    expect(out(0.2).every((n) => larger.has(n))).toBe(true);
    expect([out(0).length, out(1).length]).toEqual([0, 5_000]);
  });
});

describe('what nudges do', () => {
  const told = (learners: number, returned: number, heldOut: boolean) =>
    Array.from({ length: learners }, (_, n) => ({ heldOut, returned: n < returned }));

  // Newcombe (1998), Statistics in Medicine 17:873, table II, method 10: 56/70 − 48/80 and 9/10 − 3/10.
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
  ])('%i of %i against %i of %i as published', (a, m, b, n, low, high) => {
    const { difference, interval } = nudgeEffect([...told(m, a, false), ...told(n, b, true)])!;
    expect(difference).toBeCloseTo(a / m - b / n, 10);
    expect([interval.low, interval.high]).toEqual([expect.closeTo(low, 4), expect.closeTo(high, 4)]);
  });

  it('says nothing without two groups', () => {
    expect(nudgeEffect([])).toBeNull();
    expect(nudgeEffect(told(20, 5, false))).toBeNull();
  });

  // 95 % intervals over 150 worlds: that fewer than 133 cover has a chance of less than one in a thousand.
  it.each([0, 0.1, -0.05])('in simulation an effect of %d lies inside the interval', (effect) => {
    const worlds = Array.from({ length: 150 }, (_, seed) =>
      nudgeEffect(simulateNudges({ learners: 300, base: 0.4, effect, heldOut: 0.2, seed }))!,
    );
    const inside = worlds.filter(({ interval }) => interval.low <= effect && effect <= interval.high).length;
    expect(inside).toBeGreaterThanOrEqual(133);
    expect(worlds.reduce((sum, { difference }) => sum + difference, 0) / 150).toBeCloseTo(effect, 1);
  });
});
