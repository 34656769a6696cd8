import { describe, expect, it } from '@jest/globals';
import { type PlanEntry } from '@pharos/contract';
import { daysOf, moved } from './week.js';

const entry = (on: string, what: string): PlanEntry => ({
  on,
  kind: 'work',
  what,
  title: { en: what },
  minutes: 45,
  dueOn: null,
  done: false,
});

describe('a week', () => {
  it('has seven days, also over the end of a month', () => {
    expect(daysOf('2026-02-23')).toHaveLength(7);
    expect(daysOf('2026-02-23').at(-1)).toBe('2026-03-01');
  });
  it('is in order again after an entry was moved, and nothing is lost', () => {
    const week = [entry('2026-03-02', 'a'), entry('2026-03-03', 'b'), entry('2026-03-04', 'c')];
    expect(moved(week, 0, '2026-03-04').map(({ what }) => what)).toEqual(['b', 'a', 'c']);
  });
});
