import { describe, expect, it } from '@jest/globals';
import { restsOnActivity, silentSources } from './silent-sources.js';

const dayMs = 86_400_000;
const days = (source: string, from: string, count: number, statements = 500) =>
  Array.from({ length: count }, (_, index) => ({
    source,
    day: new Date(Date.parse(from) + index * dayMs).toISOString().slice(0, 10),
    statements,
  }));

describe('a source of data', () => {
  it('is silent when it sent daily and then nothing', () => {
    expect(silentSources(days('lms', '2026-10-01', 25), '2026-10-31T12:00:00.000Z')).toEqual([{ source: 'lms', lastDay: '2026-10-25' }]);
  });

  it('is not silent over a weekend', () => {
    expect(silentSources(days('lms', '2026-10-01', 28), '2026-10-31T12:00:00.000Z')).toEqual([]);
  });

  it('is not silent when it never sent much, or seldom', () => {
    expect(silentSources([...days('small', '2026-10-01', 20, 3), ...days('rare', '2026-10-01', 5)], '2026-10-31T12:00:00.000Z')).toEqual(
      [],
    );
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
