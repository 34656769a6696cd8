import { describe, expect, it } from '@jest/globals';
import { type RosterRecord } from '@pharos/registry';
import { termTitles } from './term-titles.js';

const session = (key: string, title: unknown): RosterRecord => ({
  kind: 'academicSessions',
  key,
  record: { title },
  active: true,
  fact: null,
});

describe('how terms are called', () => {
  it('is what the calendar says, else the roster, else the id', async () => {
    const asked: (readonly string[])[] = [];
    const records = {
      get: (_: string, keys: readonly string[]) => {
        asked.push(keys);
        return Promise.resolve(new Map([['s1', session('s1', 'Fall 2026')], ['s2', session('s2', '')]]));
      },
    }; // prettier-ignore
    const calendar = { terms: [{ term: 'c1', title: 'Autumn term 2026', start: '2026-09-01', end: '2026-12-18' }] };
    const titleOf = await termTitles([calendar], records, ['c1', 's1', 's2', 'x']);
    expect(['c1', 's1', 's2', 'x'].map(titleOf)).toEqual(['Autumn term 2026', 'Fall 2026', 's2', 'x']);
    expect(asked).toEqual([['s1', 's2', 'x']]);
  });
});
