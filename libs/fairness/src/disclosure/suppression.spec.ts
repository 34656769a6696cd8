import { describe, expect, it } from '@jest/globals';
import { randomFrom } from '../random.js';
import { type CountTable, type ShownCohort, suppress } from './suppression.js';

/** Every sum a reader knows of, as lists of cells that add up to another: rows to totals, children to parents. */
const sumsOf = (table: CountTable): { parts: string[]; whole: string }[] => {
  const name = (id: string, column: number): string => `${id}/${column}`;
  const total = table.columns.length;
  const rows = table.cohorts.map(({ id }) => ({ parts: table.columns.map((_, column) => name(id, column)), whole: name(id, total) }));
  const nested = table.cohorts.flatMap(({ id }) => {
    const children = table.cohorts.filter(({ parent }) => parent === id);
    return children.length === 0 ? [] : [...table.columns, 'total'].map((_, column) => ({ parts: children.map((child) => name(child.id, column)), whole: name(id, column) }));
  });
  return [...rows, ...nested];
};

const numbersOf = (shown: readonly ShownCohort[]): Map<string, number | null> =>
  new Map(shown.flatMap(({ id, cells, total }) => [...cells, total].map((value, column): [string, number | null] => [`${id}/${column}`, value])));

/**
 * A reader who solves all sums at once: narrows what each hidden number can be by every sum, until nothing narrows any more.
 * Shares no code with the suppression.
 */
const attack = (table: CountTable, shown: readonly ShownCohort[]): Map<string, [low: number, high: number]> => {
  const bounds = new Map([...numbersOf(shown)].map(([cell, value]): [string, [number, number]] => [cell, value === null ? [0, 1e6] : [value, value]]));
  const of = (cell: string) => bounds.get(cell)!;
  for (let narrowed = true; narrowed; ) {
    narrowed = false;
    const narrow = (cell: string, low: number, high: number): void => {
      const bound = of(cell);
      if (low <= bound[0] && high >= bound[1]) return;
      bounds.set(cell, [Math.max(low, bound[0]), Math.min(high, bound[1])]);
      narrowed = true;
    };
    for (const { parts, whole } of sumsOf(table)) {
      const low = parts.reduce((sum, part) => sum + of(part)[0], 0);
      const high = parts.reduce((sum, part) => sum + of(part)[1], 0);
      narrow(whole, low, high);
      for (const part of parts) narrow(part, of(whole)[0] - (high - of(part)[1]), of(whole)[1] - (low - of(part)[0]));
    }
  }
  return bounds;
};

/** A reader who solves the sums as linear equations: which hidden numbers are determined by them. */
const solve = (table: CountTable, shown: readonly ShownCohort[]): string[] => {
  const hidden = [...numbersOf(shown)].filter(([, value]) => value === null).map(([cell]) => cell);
  const rows = sumsOf(table).map(({ parts, whole }) => hidden.map((cell) => (parts.includes(cell) ? 1 : 0) - (cell === whole ? 1 : 0)));
  let rank = 0;
  for (let column = 0; column < hidden.length; column++) {
    const pivot = rows.findIndex((row, index) => index >= rank && Math.abs(row[column]!) > 1e-9);
    if (pivot < 0) continue;
    [rows[rank], rows[pivot]] = [rows[pivot]!, rows[rank]!];
    const lead = rows[rank]!.map((value) => value / rows[rank]![column]!);
    rows.forEach((row, index) => (rows[index] = index === rank ? lead : row.map((value, place) => value - row[column]! * lead[place]!)));
    rank++;
  }
  return rows.flatMap((row) => {
    const used = hidden.filter((_, place) => Math.abs(row[place]!) > 1e-9);
    return used.length === 1 ? used : [];
  });
};

const expectProtected = (table: CountTable, minimum = 10): ShownCohort[] => {
  const shown = suppress(table, minimum);
  const numbers = numbersOf(shown);
  const truth = numbersOf(suppress(table, 0));
  for (const [cell, value] of numbers) {
    if (value !== null) expect([cell, value >= minimum, value]).toEqual([cell, true, truth.get(cell)]);
  }
  for (const [cell, [low, high]] of attack(table, shown)) {
    if (numbers.get(cell) === null) expect([cell, high > low, truth.get(cell)! >= minimum || high >= minimum]).toEqual([cell, true, true]);
  }
  expect(solve(table, shown)).toEqual([]);
  return shown;
};

describe('attacks by subtraction', () => {
  it('the attackers of these tests can attack: a lone hidden number is found by both', () => {
    const table: CountTable = { columns: ['yes', 'no'], cohorts: [{ id: 'school', parent: null, counts: [3, 40] }] };
    const naive = [{ id: 'school', cells: [null, 40], total: 43 }];
    expect(attack(table, naive).get('school/0')).toEqual([3, 3]);
    expect(solve(table, naive)).toEqual(['school/0']);
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
