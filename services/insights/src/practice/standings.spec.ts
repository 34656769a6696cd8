import { describe, expect, it } from '@jest/globals';
import { usualLevels } from '@pharos/learner-models';
import { type Mastery } from '@pharos/warehouse';
import { byLearner, standingsIn, standingView } from './standings.js';

const DAY = 86_400_000;
const last = Date.UTC(2026, 0, 10);
const mastery: Mastery = {
  learner: 'ann', skill: 'add', probability: 0.85, low: 0.6, high: 0.95, evidence: 4, trend: 0, run: 2, lastAt: last, reviewAt: last + 3 * DAY,
  stability: 3, difficulty: 5, version: 'prior',
}; // prettier-ignore

describe('what is told of a skill', () => {
  it('has its level by the scheme that holds now, and what is remembered by the time that passed', () => {
    const now = standingView('add', mastery, usualLevels, last);
    expect(now).toMatchObject({ level: 'proficient', chance: 0.85, low: 0.6, high: 0.95, evidence: 4, due: false });
    expect(now.remembered).toBeCloseTo(1, 6);
    const later = standingView('add', mastery, usualLevels, last + 3 * DAY);
    expect(later.due).toBe(true);
    // The stability of a memory is the time until it is remembered with a chance of nine in ten.
    expect(later.remembered).toBeCloseTo(0.9, 2);
    const strict = usualLevels.map((level) => (level.name === 'proficient' ? { ...level, from: 0.9 } : level));
    expect(standingView('add', mastery, strict, last).level).toBe('familiar');
  });
  it('says of a skill that was never tried that nothing is known', () => {
    expect(standingView('add', undefined, usualLevels, last)).toMatchObject({
      level: null,
      chance: null,
      remembered: null,
      evidence: 0,
      due: false,
    });
  });
  it('keeps learners apart', () => {
    const rows = byLearner([mastery, { ...mastery, learner: 'ben', probability: 0.2 }]);
    expect([...rows.keys()]).toEqual(['ann', 'ben']);
    expect(standingsIn(rows.get('ben')).get('add')!.chance).toBe(0.2);
    expect(standingsIn(rows.get('cleo')).size).toBe(0);
  });
});
