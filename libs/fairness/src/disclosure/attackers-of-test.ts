import { type CountTable, type ShownCohort } from './suppression.js';

/** Every sum a reader knows of, as lists of cells that add up to another: rows to totals, children to parents. */
export const sumsOf = (table: CountTable): { parts: string[]; whole: string }[] => {
  const name = (id: string, column: number): string => `${id}/${column}`;
  const total = table.columns.length;
  const rows = table.cohorts.map(({ id }) => ({ parts: table.columns.map((_, column) => name(id, column)), whole: name(id, total) }));
  const nested = table.cohorts.flatMap(({ id }) => {
    const children = table.cohorts.filter(({ parent }) => parent === id);
    return children.length === 0
      ? []
      : [...table.columns, 'total'].map((_, column) => ({
          parts: children.map((child) => name(child.id, column)),
          whole: name(id, column),
        }));
  });
  return [...rows, ...nested];
};

export const numbersOf = (shown: readonly ShownCohort[]): Map<string, number | null> =>
  new Map(
    shown.flatMap(({ id, cells, total }) => [...cells, total].map((value, column): [string, number | null] => [`${id}/${column}`, value])),
  );

/**
 * A reader who solves all sums at once: narrows what each hidden number can be by every sum, until nothing narrows any more.
 * Shares no code with the suppression.
 */
export const attack = (
  tables: readonly CountTable[],
  numbers: ReadonlyMap<string, number | null>,
): Map<string, [low: number, high: number]> => {
  const bounds = new Map(
    [...numbers].map(([cell, value]): [string, [number, number]] => [cell, value === null ? [0, 1e6] : [value, value]]),
  );
  const of = (cell: string) => bounds.get(cell)!;
  for (let narrowed = true; narrowed;) {
    narrowed = false;
    const narrow = (cell: string, low: number, high: number): void => {
      const bound = of(cell);
      if (low <= bound[0] && high >= bound[1]) return;
      bounds.set(cell, [Math.max(low, bound[0]), Math.min(high, bound[1])]);
      narrowed = true;
    };
    for (const { parts, whole } of tables.flatMap(sumsOf)) {
      const low = parts.reduce((sum, part) => sum + of(part)[0], 0);
      const high = parts.reduce((sum, part) => sum + of(part)[1], 0);
      narrow(whole, low, high);
      for (const part of parts) narrow(part, of(whole)[0] - (high - of(part)[1]), of(whole)[1] - (low - of(part)[0]));
    }
  }
  return bounds;
};

/** A reader who solves the sums as linear equations: which hidden numbers are determined by them. */
export const solve = (tables: readonly CountTable[], numbers: ReadonlyMap<string, number | null>): string[] => {
  const hidden = [...numbers].filter(([, value]) => value === null).map(([cell]) => cell);
  const rows = tables
    .flatMap(sumsOf)
    .map(({ parts, whole }) => hidden.map((cell) => (parts.includes(cell) ? 1 : 0) - (cell === whole ? 1 : 0)));
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
