import { describe, expect, it } from '@jest/globals';
import { randomFrom } from '../random.js';
import { solve, sumsOf } from './attackers-of-test.js';
import { type CountTable } from './suppression.js';
import { type Sum, workedOut } from './worked-out.js';

const sumsAsRows = (tables: readonly CountTable[]): Sum[] =>
  tables.flatMap(sumsOf).map(({ parts, whole }) => new Map([...parts.map((part) => [part, 1] as const), [whole, -1]]));

describe('what a reader works out of all sums at once', () => {
  it('is a number that stands alone with shown ones, and what follows from it', () => {
    const sums: Sum[] = [
      new Map([
        ['part', 1],
        ['rest', 1],
        ['whole', -1],
      ]),
      new Map([
        ['rest', 1],
        ['other', -1],
      ]),
    ];
    expect(workedOut(sums, new Set(['part']))).toEqual(['part']);
    expect(workedOut(sums.slice(0, 1), new Set(['part', 'rest']))).toEqual([]);
    expect(workedOut(sums, new Set(['part', 'rest'])).sort()).toEqual(['part', 'rest']);
    expect(workedOut(sums, new Set(['part', 'rest', 'other']))).toEqual([]);
    expect(workedOut([...sums, new Map([['other', 1]])], new Set(['part', 'rest', 'other'])).sort()).toEqual(['other', 'part', 'rest']);
    expect(workedOut(sums, new Set())).toEqual([]);
  });

  it('takes several sums together: none of these gives a number, all of them do', () => {
    const sums: Sum[] = ['ab', 'bc', 'ca'].map((two) => new Map([...two].map((name) => [name, 1])));
    expect(workedOut(sums.slice(1), new Set('abc'))).toEqual([]);
    expect(workedOut(sums, new Set('abc')).sort()).toEqual(['a', 'b', 'c']);
  });

  it('is what a dense solver finds, in random tables with random gaps', () => {
    const random = randomFrom(5);
    const found: number[] = [];
    for (let round = 0; round < 150; round++) {
      const schools = 1 + Math.floor(random() * 3);
      const leaves = Array.from({ length: schools + Math.floor(random() * 5) }, (_, at) => ({
        id: `class ${at}`,
        parent: `school ${at % schools}`,
        counts: [1, 2],
      }));
      const groups = Array.from({ length: schools }, (_, at) => ({ id: `school ${at}`, parent: 'all' }));
      const table: CountTable = { columns: ['part', 'rest'], cohorts: [{ id: 'all', parent: null }, ...groups, ...leaves] };
      const cells = [...new Set(sumsOf(table).flatMap(({ parts, whole }) => [...parts, whole]))];
      const hidden = new Set(cells.filter(() => random() < 0.4));
      const expected = solve([table], new Map(cells.map((cell) => [cell, hidden.has(cell) ? null : 0]))).sort();
      expect(workedOut(sumsAsRows([table]), hidden).sort()).toEqual(expected);
      found.push(expected.length);
    }
    expect(found.filter((count) => count > 0).length).toBeGreaterThan(50);
  });
});
