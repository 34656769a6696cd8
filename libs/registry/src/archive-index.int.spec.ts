import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestRegistry } from './testing.js';

describe('the index of the archive', () => {
  let home: Awaited<ReturnType<typeof startTestRegistry>>;
  beforeAll(async () => {
    home = await startTestRegistry(() => new Date());
  });
  afterAll(async () => {
    await home.stop();
    expect(home.errors).toEqual([]);
  });

  it('takes what follows the last segment, and of two that begin there the first', async () => {
    const index = home.registry.archiveIndex;
    const segment = (first: number, next: number, blob: string) => ({
      epoch: 'e',
      topic: 'roster' as const,
      partition: 1,
      first,
      next,
      blob,
      bytes: 9,
    });
    expect(await Promise.all([index.add(segment(0, 5, 'a')), index.add(segment(0, 5, 'a'))])).toEqual(
      expect.arrayContaining([true, false]),
    );
    expect(await index.add(segment(6, 9, 'c'))).toBe(false);
    expect(await index.add(segment(5, 9, 'b'))).toBe(true);
    expect(await index.segments('e', 'roster', 1)).toEqual([segment(0, 5, 'a'), segment(5, 9, 'b')]);
    expect(await index.segments('e', 'roster', 0)).toEqual([]);
    expect(await index.segments('other', 'roster', 1)).toEqual([]);
  });
});
