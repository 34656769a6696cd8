import { describe, expect, it } from '@jest/globals';
import { mondayOf, weeksOf } from './weeks.js';

describe('weeks of effort', () => {
  it('begin on Monday, also across a year', () => {
    expect(['2026-11-23', '2026-11-26', '2026-11-29', '2027-01-01'].map(mondayOf)).toEqual(['2026-11-23', '2026-11-23', '2026-11-23', '2026-12-28']);
  });
  it('count each day once, whatever was done in how many classes, and keep weeks without anything', () => {
    const day = (on: string, practice: number) => ({ day: on, events: 1, kinds: { practice } });
    const weeks = weeksOf([day('2026-11-24', 3), day('2026-11-24', 2), day('2026-11-26', 0), day('2026-11-10', 4), day('2026-01-05', 9)], '2026-11-26');
    expect(weeks).toHaveLength(8);
    expect(weeks.slice(0, 3)).toEqual([
      { monday: '2026-11-23', days: 2, practice: 5 },
      { monday: '2026-11-16', days: 0, practice: 0 },
      { monday: '2026-11-09', days: 1, practice: 4 },
    ]);
    expect(weeks.reduce((sum, { practice }) => sum + practice, 0)).toBe(9);
  });
}); // prettier-ignore
