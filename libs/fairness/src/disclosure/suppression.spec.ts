import { describe, expect, it } from '@jest/globals';
import { randomFrom } from '../random.js';
import { attack, numbersOf, solve } from './attackers-of-test.js';
import { type CountTable, type ShownCohort, suppress } from './suppression.js';

const expectProtected = (table: CountTable, minimum = 10): ShownCohort[] => {
  const shown = suppress(table, minimum);
  const numbers = numbersOf(shown);
  const truth = numbersOf(suppress(table, 0));
  for (const [cell, value] of numbers) {
    if (value !== null) expect([cell, value >= minimum, value]).toEqual([cell, true, truth.get(cell)]);
  }
  for (const [cell, [low, high]] of attack([table], numbers)) {
    if (numbers.get(cell) === null) expect([cell, high > low, truth.get(cell)! >= minimum || high >= minimum]).toEqual([cell, true, true]);
  }
  expect(solve([table], numbers)).toEqual([]);
  return shown;
};

describe('attacks by subtraction', () => {
  it('the attackers of these tests can attack: a lone hidden number is found by both', () => {
    const table: CountTable = { columns: ['yes', 'no'], cohorts: [{ id: 'school', parent: null, counts: [3, 40] }] };
    const naive = [{ id: 'school', cells: [null, 40], total: 43 }];
    expect(attack([table], numbersOf(naive)).get('school/0')).toEqual([3, 3]);
    expect(solve([table], numbersOf(naive))).toEqual(['school/0']);
  });

  it('complement and whole', () => {
    const [school] = expectProtected({ columns: ['yes', 'no'], cohorts: [{ id: 'school', parent: null, counts: [3, 40] }] });
    expect([...school!.cells, school!.total].filter((value) => value === null).length).toBeGreaterThan(1);
  });

  it('nested cohorts: the tenant less all schools but one', () => {
    const shown = expectProtected({
      columns: ['all'],
      cohorts: [
        { id: 'tenant', parent: null },
        { id: 'north', parent: 'tenant', counts: [60] },
        { id: 'south', parent: 'tenant', counts: [45] },
        { id: 'annexe', parent: 'tenant', counts: [4] },
      ],
    });
    expect(shown.find(({ id }) => id === 'tenant')!.total).toBe(109);
    expect(shown.filter(({ total }) => total === null).map(({ id }) => id)).toEqual(['south', 'annexe']);
  });

  it('two filters: the margins of two crossed attributes', () => {
    const shown = expectProtected({
      columns: ['0-20 %', '20-40 %', '40-60 %'],
      cohorts: [
        { id: 'everyone', parent: null },
        { id: 'disability', parent: 'everyone', counts: [4, 22, 31] },
        { id: 'none', parent: 'everyone', counts: [80, 95, 120] },
        { id: 'not declared', parent: 'everyone', counts: [15, 18, 25] },
      ],
    });
    expect(shown[0]!.total).toBe(410);
    expect(shown.flatMap(({ cells }) => cells).filter((value) => value === null)).toHaveLength(4);
  });

  it('two small numbers do not protect each other: their sum says that both are small', () => {
    expectProtected({
      columns: ['a', 'b', 'c'],
      cohorts: [
        { id: 'everyone', parent: null },
        { id: 'one', parent: 'everyone', counts: [1, 0, 50] },
        { id: 'other', parent: 'everyone', counts: [30, 40, 50] },
      ],
    });
  });

  it('keeps everything where nothing is small, and hides everything where all is', () => {
    expect(suppress({ columns: ['a', 'b'], cohorts: [{ id: 'x', parent: null, counts: [10, 11] }] })).toEqual([{ id: 'x', cells: [10, 11], total: 21 }]);
    expect(suppress({ columns: ['a', 'b'], cohorts: [{ id: 'x', parent: null, counts: [1, 2] }] })).toEqual([{ id: 'x', cells: [null, null], total: null }]);
  });

  it('holds for hundreds of random trees of cohorts', () => {
    const random = randomFrom(5);
    const draw = (below: number): number => Math.floor(random() * below);
    for (let round = 0; round < 200; round++) {
      const columns = Array.from({ length: 1 + draw(4) }, (_, column) => `column ${column}`);
      const counts = (): number[] => columns.map(() => (random() < 0.3 ? draw(10) : draw(60)));
      const schools = Array.from({ length: 1 + draw(3) }, (_, school) => `school ${school}`);
      const classes = schools.flatMap((school) => Array.from({ length: 1 + draw(3) }, (_, room) => ({ id: `${school}, class ${room}`, parent: school, counts: counts() })));
      expectProtected({ columns, cohorts: [{ id: 'tenant', parent: null }, ...schools.map((id) => ({ id, parent: 'tenant' })), ...classes] });
    }
  });

  it('refuses what is no tree of counts', () => {
    expect(() => suppress({ columns: ['a'], cohorts: [{ id: 'x', parent: 'y', counts: [1] }] })).toThrow('parents come before their children');
    expect(() => suppress({ columns: ['a'], cohorts: [{ id: 'x', parent: null, counts: [-1] }] })).toThrow('whole and not negative');
  });
});
