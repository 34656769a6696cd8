import { describe, expect, it } from '@jest/globals';
import { gathered } from './gathered.js';

/** Work that answers a group's items doubled, and remembers the groups. */
function doubling() {
  const groups: (readonly number[])[] = [];
  const work = async (group: readonly number[]) => {
    groups.push(group);
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (group.includes(13)) throw new Error('thirteen');
    return group.map((item) => item * 2);
  };
  return { groups, work };
}

describe('what is gathered', () => {
  it('goes together when it is asked together, and each gets its own answer', async () => {
    const { groups, work } = doubling();
    const ask = gathered(work, () => 1, 100);
    expect(await Promise.all([1, 2, 3].map(ask))).toEqual([2, 4, 6]);
    expect(groups).toEqual([[1, 2, 3]]);
  });

  it('waits for the group under way, and no group is larger than its bound', async () => {
    const { groups, work } = doubling();
    const ask = gathered(work, (item) => item, 10);
    await Promise.all([4, 5, 6, 50, 1, 2].map(ask));
    expect(groups).toEqual([[4, 5], [6], [50], [1, 2]]);
  });

  it('that fails, fails for its own group, and the next goes on', async () => {
    const { work } = doubling();
    const ask = gathered(work, () => 1, 2);
    const all = await Promise.allSettled([1, 13, 3, 4].map(ask));
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled', 'fulfilled']);
    expect(await ask(7)).toBe(14);
  });
});
