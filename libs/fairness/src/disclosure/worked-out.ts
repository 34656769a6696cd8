/** One sum that holds: coefficients of numbers, by their names, that add up to nothing. */
export type Sum = ReadonlyMap<string, number>;

const CLEAR = 1e-9;

/**
 * Which hidden numbers a reader works out who solves all sums at once. What is shown is known, so only hidden numbers are left as unknowns;
 * one is determined if elimination leaves it alone in a row. Gauss–Jordan on sparse rows, O(sums × unknowns²) at worst.
 *
 * @example workedOut([new Map([['part', 1], ['rest', 1], ['whole', -1]])], new Set(['part'])) // => ['part']
 */
export function workedOut(sums: readonly Sum[], hidden: ReadonlySet<string>): string[] {
  const rows = new Map<string, Map<string, number>>(); // by the unknown that each is solved for
  for (const sum of sums) {
    const row = new Map([...sum].filter(([cell]) => hidden.has(cell)));
    for (const [cell, factor] of [...row]) {
      const solved = rows.get(cell);
      if (solved) subtract(row, solved, factor);
    }
    const lead = row.keys().next();
    if (lead.done) continue;
    const by = row.get(lead.value)!;
    for (const [cell, factor] of row) row.set(cell, factor / by);
    for (const other of rows.values()) {
      const factor = other.get(lead.value);
      if (factor !== undefined) subtract(other, row, factor);
    }
    rows.set(lead.value, row);
  }
  return [...rows].filter(([, row]) => row.size === 1).map(([cell]) => cell);
}

function subtract(from: Map<string, number>, row: ReadonlyMap<string, number>, times: number): void {
  for (const [cell, factor] of row) {
    const left = (from.get(cell) ?? 0) - times * factor;
    if (Math.abs(left) < CLEAR) from.delete(cell);
    else from.set(cell, left);
  }
}
