/** One sum that holds: coefficients of numbers, by their names, that add up to nothing. */
export type Sum = ReadonlyMap<string, number>;

/** Largest prime under 2^26: products of two remainders are exact, and no rounding can pass for a zero. */
const PRIME = 67_108_859;

/** How many ways of moving the hidden numbers are tried; each passes over a free number by chance once in sixty million. */
const MOVES = 2;

type Row = Map<number, number>;

/** A sum solved for one unknown by the others that stand in it. */
interface Solved {
  readonly unknown: number;
  readonly row: Row;
}

/**
 * Which hidden numbers a reader works out who solves all sums at once. What is shown is known, so only hidden numbers are left as unknowns.
 * One is determined if it stays where it is however the others move with all sums kept: so the sums are solved for as many unknowns
 * as they allow, the rest are moved at random, and what has not moved is determined.
 *
 * Elimination on sparse rows modulo a prime, the shortest row first (Markowitz 1957), without the fill-in of a full reduction: about
 * O(sums × length of a row × rows of a number) for tables of a hierarchy, instead of O(sums × unknowns²).
 *
 * @example workedOut([new Map([['part', 1], ['rest', 1], ['whole', -1]])], new Set(['part'])) // => ['part']
 */
export function workedOut(sums: readonly Sum[], hidden: ReadonlySet<string>): string[] {
  const names: string[] = [];
  const numberOf = new Map<string, number>();
  const rows = sums.flatMap((sum): Row[] => {
    const row: Row = new Map();
    for (const [cell, factor] of sum) {
      if (factor === 0 || !hidden.has(cell)) continue;
      const known = numberOf.get(cell) ?? names.push(cell) - 1;
      numberOf.set(cell, known);
      row.set(known, modulo(factor));
    }
    return row.size === 0 ? [] : [row];
  });
  const solved = eliminate(rows, names.length);
  const stays = new Uint8Array(names.length).fill(1);
  for (let move = 0; move < MOVES; move++) {
    const moved = moveFree(solved, names.length, 1 + move);
    moved.forEach((by, unknown) => by !== 0 && (stays[unknown] = 0));
  }
  return names.filter((_, unknown) => stays[unknown] === 1);
}

const modulo = (value: number): number => ((value % PRIME) + PRIME) % PRIME;

/** The inverse modulo the prime (Fermat). */
function inverse(value: number): number {
  let [result, base] = [1, value];
  for (let power = PRIME - 2; power > 0; power = Math.floor(power / 2)) {
    if (power % 2 === 1) result = (result * base) % PRIME;
    base = (base * base) % PRIME;
  }
  return result;
}

/** Solves each sum for one of its unknowns, in the order in which they were taken out of the sums that are left. */
function eliminate(rows: readonly Row[], unknowns: number): readonly Solved[] {
  const inRows = Array.from({ length: unknowns }, () => new Set<number>());
  const bySize: Set<number>[] = [];
  const at = (size: number): Set<number> => (bySize[size] ??= new Set());
  rows.forEach((row, index) => {
    for (const unknown of row.keys()) inRows[unknown]!.add(index);
    at(row.size).add(index);
  });
  const solved: Solved[] = [];
  for (let size = 1; size < bySize.length;) {
    const taken = bySize[size]?.values().next();
    if (taken === undefined || taken.done) {
      size += 1;
      continue;
    }
    const row = rows[taken.value]!;
    at(size).delete(taken.value);
    // the unknown that stands in the fewest other sums makes the fewest of them longer
    let unknown = -1;
    for (const one of row.keys()) {
      inRows[one]!.delete(taken.value);
      if (unknown < 0 || inRows[one]!.size < inRows[unknown]!.size) unknown = one;
    }
    const by = PRIME - inverse(row.get(unknown)!);
    for (const [one, factor] of row) row.set(one, (factor * by) % PRIME);
    row.delete(unknown);
    solved.push({ unknown, row });
    for (const other of [...inRows[unknown]!]) {
      const into = rows[other]!;
      at(into.size).delete(other);
      replace(into, unknown, row, (one, is) => (is ? inRows[one]!.add(other) : inRows[one]!.delete(other)));
      if (into.size === 0) continue;
      at(into.size).add(other);
      size = Math.min(size, into.size);
    }
  }
  return solved;
}

/** Puts what an unknown is, by the others of its sum, in its place. */
function replace(into: Row, unknown: number, solvedBy: Row, stands: (one: number, is: boolean) => void): void {
  const times = into.get(unknown)!;
  into.delete(unknown);
  stands(unknown, false);
  for (const [one, factor] of solvedBy) {
    const before = into.get(one);
    const now = ((before ?? 0) + times * factor) % PRIME;
    if (now === 0) into.delete(one);
    else into.set(one, now);
    if ((now === 0) !== (before === undefined)) stands(one, now !== 0);
  }
}

/** By how much each unknown moves when those that no sum was solved for move at random: 0 for what cannot move. */
function moveFree(solved: readonly Solved[], unknowns: number, seed: number): Float64Array {
  const moved = new Float64Array(unknowns);
  let state = seed;
  // a linear congruence (Park & Miller 1988): the same moves each time, so that the same tables hide the same
  for (let one = 0; one < unknowns; one++) moved[one] = 1 + ((state = (state * 48_271) % 2_147_483_647) % (PRIME - 1));
  for (const { unknown, row } of [...solved].reverse()) {
    let sum = 0;
    for (const [one, factor] of row) sum = (sum + factor * moved[one]!) % PRIME;
    moved[unknown] = sum;
  }
  return moved;
}
