import { describe, expect, it } from '@jest/globals';
import { type KnownClass } from '@pharos/warehouse';
import { completedClasses, cutsAtDay, dayNumber, openClasses, splitByTime } from './classes.js';

const made = (name: string, term: string, start: string, end: string, outcomes = 0): KnownClass => ({
  class: name,
  title: name,
  course: 'c',
  school: 's',
  term,
  start,
  end,
  outcomes,
});
const past = made('past', '1', '2026-01-12', '2026-04-20', 30);
const later = made('later', '2', '2026-05-01', '2026-07-01', 30);
const open = made('open', '3', '2026-09-14', '2026-12-18');
const asOf = '2026-10-11T23:59:59.999Z';

describe('classes as of a moment', () => {
  it('are open from their first day to their last', () => {
    expect(openClasses([past, later, open], asOf)).toEqual([open]);
    expect(openClasses([open], '2026-09-13T23:59:59.999Z')).toEqual([]);
    expect(openClasses([open], '2026-12-18T08:00:00.000Z')).toEqual([open]);
  });

  it('are learned from only when over, with outcomes known', () => {
    expect(completedClasses([past, { ...later, outcomes: 0 }, { ...open, outcomes: 5 }], asOf)).toEqual([past]);
  });

  it('are looked at on the same day of theirs, if they came so far', () => {
    expect(dayNumber(open.start, asOf)).toBe(27);
    expect(cutsAtDay([past], 27)).toEqual([{ class: 'past', at: '2026-02-08T23:59:59.999Z' }]);
    expect(cutsAtDay([past], 200)).toEqual([]);
  });

  it('are split so that the latest term judges what the earlier ones taught', () => {
    expect(splitByTime([later, past])).toEqual({ earlier: [past], later: [later] });
    expect(splitByTime([past])).toEqual({ earlier: [past], later: [] });
  });
});
