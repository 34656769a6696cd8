import { describe, expect, it } from '@jest/globals';
import { discloseGroups } from './disclose-groups.js';

interface Counted {
  readonly group: string;
  readonly n: number | null;
  readonly named: number | null;
}
const about = {
  minimum: 10,
  countOf: ({ n }: Counted) => n ?? 0,
  parts: ({ n, named }: Counted) => [named ?? 0, (n ?? 0) - (named ?? 0)],
  hide: (group: Counted) => ({ ...group, n: null, named: null }),
};
const hiddenOf = (groups: readonly Counted[]) => discloseGroups(groups, about).filter(({ n }) => n === null).map(({ group }) => group);

describe('a list of groups before readers', () => {
  it('shows what is large enough', () => {
    expect(hiddenOf([{ group: 'a', n: 40, named: 10 }, { group: 'b', n: 30, named: 20 }])).toEqual([]);
  });
  it('hides the small one and, because the whole is known, the smallest other', () => {
    expect(hiddenOf([{ group: 'a', n: 40, named: 10 }, { group: 'b', n: 30, named: 20 }, { group: 'c', n: 4, named: 1 }])).toEqual(['b', 'c']);
  });
  it('hides a rate that rests on one or two people on either side', () => {
    expect(hiddenOf([{ group: 'a', n: 40, named: 39 }, { group: 'b', n: 30, named: 20 }])).toEqual(['a', 'b']);
    expect(hiddenOf([{ group: 'a', n: 40, named: 2 }, { group: 'b', n: 30, named: 1 }, { group: 'c', n: 30, named: 9 }])).toEqual(['a', 'b']);
  });
});
