import { describe, expect, it } from '@jest/globals';
import { randomFrom } from '../random.js';
import { attack, numbersOf, solve } from './attackers-of-test.js';
import { type Pattern, suppressLinked } from './linked-suppression.js';
import { type CountTable, suppress } from './suppression.js';

/** True numbers of all tables, and what a reader sees of them under a pattern. */
const numbersUnder = (tables: readonly CountTable[], pattern: Pattern) => {
  const truth = new Map(tables.flatMap((table) => [...numbersOf(suppress(table, 0))]));
  const columns = tables[0]!.columns.length;
  const shown = new Map([...truth].map(([cell, value]) => {
    const at = cell.lastIndexOf('/');
    const column = Number(cell.slice(at + 1));
    return [cell, pattern.get(cell.slice(0, at))![Math.min(column, columns)] ? null : value] as const;
  })); // prettier-ignore
  return { truth, shown };
};

/** No hidden number can be worked out, nor that it is under the minimum, by a reader who solves the sums of all tables together. */
const expectProtected = (tables: readonly CountTable[], pattern: Pattern, minimum = 10): void => {
  const { truth, shown } = numbersUnder(tables, pattern);
  for (const [cell, value] of shown) if (value !== null) expect([cell, value >= minimum]).toEqual([cell, true]);
  for (const [cell, [low, high]] of attack(tables, shown)) {
    if (shown.get(cell) === null) expect([cell, high > low, truth.get(cell)! >= minimum || high >= minimum]).toEqual([cell, true, true]);
  }
  expect(solve(tables, shown)).toEqual([]);
};

/** Classes by school and by course, as the same numbers. */
const twoWays = (counts: Readonly<Record<string, readonly [string, string, number, number]>>): CountTable[] => {
  const classes = Object.entries(counts);
  const tree = (by: 0 | 1): CountTable => {
    const groups = [...new Set(classes.map(([, row]) => row[by]))];
    return {
      columns: ['at risk', 'rest'],
      cohorts: [
        { id: 'tenant', parent: null },
        ...groups.map((id) => ({ id, parent: 'tenant' })),
        ...classes.map(([id, row]) => ({ id, parent: row[by], counts: [row[2], row[3]] })),
      ],
    };
  };
  return [tree(0), tree(1)];
};

describe('one pattern for tables that hold the same numbers', () => {
  it('hides in both what one hides, so that the difference of two filters says nothing', () => {
    const tables = twoWays({
      a: ['north', 'algebra', 4, 30],
      b: ['north', 'biology', 22, 30],
      c: ['south', 'algebra', 25, 30],
      d: ['south', 'biology', 31, 30],
    });
    const alone = tables.map((table) => numbersOf(suppress(table)));
    // each table by itself is safe, but what the one shows, the other hides: the reader of both has the hidden number
    const both = new Map([...alone[0]!].map(([cell, value]) => [cell, value ?? alone[1]!.get(cell) ?? null]));
    for (const [cell, value] of alone[1]!) both.set(cell, both.get(cell) ?? value);
    const pattern = suppressLinked(tables);
    expectProtected(tables, pattern);
    expect(pattern.get('a')![0]).toBe(true);
    const { shown } = numbersUnder(tables, pattern);
    expect([...shown.values()].filter((value) => value === null).length).toBeGreaterThanOrEqual(
      [...both.values()].filter((value) => value === null).length,
    );
  });

  it('keeps what was shown before, and finds something else to hide', () => {
    const school: CountTable = { columns: ['part', 'rest'], cohorts: [{ id: 'school', parent: null, counts: [26, 60] }] };
    const before = suppressLinked([school]);
    const byRoute: CountTable = {
      columns: ['part', 'rest'],
      cohorts: [{ id: 'school', parent: null }, { id: 'regular', parent: 'school', counts: [12, 30] }, { id: 'transfer', parent: 'school', counts: [3, 12] }, { id: 'other', parent: 'school', counts: [11, 18] }],
    }; // prettier-ignore
    const pattern = suppressLinked([byRoute], 10, before);
    expect(pattern.get('school')).toEqual([false, false, false]);
    expect(pattern.get('transfer')![0]).toBe(true);
    expectProtected([byRoute], pattern);
  });

  it('holds for random districts, by school and by course', () => {
    const random = randomFrom(11);
    const draw = (below: number): number => Math.floor(random() * below);
    for (let round = 0; round < 60; round++) {
      const classes = Object.fromEntries(
        Array.from({ length: 3 + draw(6) }, (_, id) => [
          `class ${id}`,
          [`school ${draw(3)}`, `course ${draw(3)}`, random() < 0.3 ? draw(10) : draw(40), draw(50)] as const,
        ]),
      );
      const tables = twoWays(classes);
      expectProtected(tables, suppressLinked(tables));
    }
  });
});
