import { describe, expect, it } from '@jest/globals';
import { daysWithout, instructionDays } from './instruction-days.js';
import { restsOnActivity, silenceNow, silentSources } from './silent-sources.js';

const everyDay = () => true;

const dayMs = 86_400_000;
const days = (source: string, from: string, count: number, statements = 500) =>
  Array.from({ length: count }, (_, index) => ({
    source,
    day: new Date(Date.parse(from) + index * dayMs).toISOString().slice(0, 10),
    statements,
  }));

describe('a source of data', () => {
  it('is silent when it sent daily and then nothing', () => {
    expect(silentSources(days('lms', '2026-10-01', 25), '2026-10-31T12:00:00.000Z', everyDay)).toEqual([
      { source: 'lms', lastDay: '2026-10-25' },
    ]);
  });

  it('is not silent over a weekend', () => {
    expect(silentSources(days('lms', '2026-10-01', 28), '2026-10-31T12:00:00.000Z', everyDay)).toEqual([]);
  });

  it('is not silent when it never sent much, or seldom', () => {
    expect(
      silentSources([...days('small', '2026-10-01', 20, 3), ...days('rare', '2026-10-01', 5)], '2026-10-31T12:00:00.000Z', everyDay),
    ).toEqual([]);
  });
});

describe('instruction days', () => {
  const calendar = { school: '', timeZone: 'UTC', weekdays: [1, 2, 3, 4, 5], terms: [{ term: 't', title: 'T', start: '2026-09-01', end: '2026-12-18' }], holidays: ['2026-10-26', '2026-10-27'] }; // prettier-ignore

  it('are those on which every school is taught: no weekend, no holiday, nothing outside of the terms', () => {
    const taught = instructionDays([calendar, { ...calendar, school: 's2', holidays: ['2026-10-30'] }]);
    expect(['2026-10-23', '2026-10-24', '2026-10-26', '2026-10-28', '2026-10-30', '2026-12-21'].map(taught)).toEqual([
      ...[true, false, false, true, false, false],
    ]);
    expect(daysWithout('2026-10-23', '2026-10-30', taught)).toBe(2);
  });

  it('are what silence is counted in: a platform that rests over a holiday is not silent', () => {
    const taught = instructionDays([calendar]);
    const sent = days('lms', '2026-09-24', 30).filter(({ day }) => taught(day)); // the last on Friday, 23 October
    expect(silentSources(sent, '2026-10-30T00:00:00.000Z', taught)).toEqual([]);
    expect(silentSources(sent, '2026-10-31T00:00:00.000Z', taught)).toEqual([{ source: 'lms', lastDay: '2026-10-23' }]);
  });
});

describe('a silence', () => {
  const before = days('lms', '2026-10-01', 25);
  const noted = [{ source: 'lms', lastDay: '2026-10-25' }];

  it('is told once, and lasts, however long ago the last statement was', () => {
    expect(silenceNow(before, [], '2026-10-31T12:00:00.000Z', everyDay)).toEqual({ silent: noted, fell: noted, back: [] });
    expect(silenceNow(before, noted, '2026-10-31T12:00:00.000Z', everyDay)).toEqual({ silent: noted, fell: [], back: [] });
    expect(silenceNow([], noted, '2027-02-01T12:00:00.000Z', everyDay)).toEqual({ silent: noted, fell: [], back: [] });
  });

  it('ends when the source has sent on some days again, which is told', () => {
    const again = (count: number) => [...before, ...days('lms', '2026-11-02', count)];
    expect(silenceNow(again(2), noted, '2026-11-05T12:00:00.000Z', everyDay)).toEqual({ silent: noted, fell: [], back: [] });
    expect(silenceNow(again(3), noted, '2026-11-05T12:00:00.000Z', everyDay)).toEqual({ silent: [], fell: [], back: noted });
  });
});

describe('an alert', () => {
  const reason = (code: string, logOdds: number) => ({ code, logOdds });

  it('rests on activity when at least half of its push does', () => {
    expect(restsOnActivity([reason('silent-days', 1), reason('work-missed', 1)])).toBe(true);
    expect(restsOnActivity([reason('silent-days', 0.4), reason('work-missed', 1)])).toBe(false);
    expect(restsOnActivity([])).toBe(false);
  });
});
