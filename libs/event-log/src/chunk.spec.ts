import { describe, expect, it } from '@jest/globals';
import { parseLines } from './chunk-lines.js';
import { chunksOf, factsOf, MAX_CHUNK_CHARS, MAX_CHUNK_FACTS, packChunk, packChunkNow, stampChunk, unpackChunk } from './chunk.js';

const linesOf = (count: number, chars: number) => Array.from({ length: count }, (_, i) => JSON.stringify({ i, text: 'ü'.repeat(chars) }));
const all = { skip: 0, maxFacts: Infinity, maxBytes: Infinity };

describe('a chunk', () => {
  // As it is, packed at once, and packed aside: by size.
  it.each([
    [1, 10],
    [10, 1_000],
    [500, 1_000],
  ])('of %i facts gives back what was packed', async (count, chars) => {
    const lines = linesOf(count, chars);
    for (const chunk of [await packChunk(lines), packChunkNow(lines)]) {
      stampChunk(chunk, 1_756_684_800_123);
      expect(factsOf(chunk)).toBe(count);
      const unpacked = unpackChunk(chunk);
      expect(unpacked.recordedAt).toBe(1_756_684_800_123);
      expect(parseLines(unpacked, all).values).toEqual(lines.map((line): unknown => JSON.parse(line)));
      const last = { skip: count - 1, maxFacts: 1, maxBytes: Infinity };
      expect(parseLines(unpacked, last).values).toEqual([JSON.parse(lines.at(-1)!)]);
    }
  });

  it('keeps its bounds, and gives a fact that is larger than them a chunk of its own', () => {
    expect(chunksOf(linesOf(2 * MAX_CHUNK_FACTS + 1, 1)).map(({ length }) => length)).toEqual([MAX_CHUNK_FACTS, MAX_CHUNK_FACTS, 1]);
    expect(chunksOf(['small', 'x'.repeat(MAX_CHUNK_CHARS + 1), 'small']).map(({ length }) => length)).toEqual([1, 1, 1]);
    expect(chunksOf([])).toEqual([]);
  });

  it('that is packed in an unknown way, or damaged, is not read as something else', () => {
    const chunk = packChunkNow(linesOf(10, 1_000));
    const unknown = Buffer.from(chunk);
    unknown[0] = 9;
    expect(() => unpackChunk(unknown)).toThrow('packed as 9');
    const damaged = Buffer.from(chunk);
    damaged[damaged.length - 1]! ^= 0xff;
    expect(() => unpackChunk(damaged)).toThrow();
  });
});
