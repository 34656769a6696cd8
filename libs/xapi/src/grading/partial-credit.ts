/**
 * How much of an answer is right, from 0 to 1. One rule per kind of answer, so that it can be told to a learner:
 *
 * | kind | share |
 * |---|---|
 * | a set (choice) | (right picks − wrong picks) ÷ picks that are right, at least 0: picking everything earns nothing |
 * | pairs, steps, blanks | right ones ÷ those asked for or those given, whichever are more |
 * | an order (sequencing) | neighbours of the right order that stand as neighbours ÷ all neighbours of the right order |
 *
 * A share of 1 is kept for answers that are wholly right.
 */

/** @example setShare(['a', 'b'], ['a', 'c']) // => 0 */
export function setShare(expected: readonly string[], given: readonly string[]): number {
  const right = new Set(expected);
  const picked = new Set(given);
  const hits = [...picked].filter((item) => right.has(item)).length;
  if (right.size === 0) return picked.size === 0 ? 1 : 0;
  return Math.max(0, (hits - (picked.size - hits)) / right.size);
}

/** @example pairedShare(2, 3, 4) // => 0.5 */
export function pairedShare(hits: number, expected: number, given: number): number {
  const most = Math.max(expected, given);
  return most === 0 ? 1 : hits / most;
}

/** @example orderShare(['a', 'b', 'c'], ['c', 'a', 'b']) // => 0.5 */
export function orderShare(expected: readonly string[], given: readonly string[]): number {
  if (expected.length === given.length && expected.every((item, index) => item === given[index])) return 1;
  if (expected.length < 2) return 0;
  const neighbours = new Set(given.slice(1).map((item, index) => JSON.stringify([given[index], item])));
  const kept = expected.slice(1).filter((item, index) => neighbours.has(JSON.stringify([expected[index], item]))).length;
  const asked = expected.length - 1;
  // All neighbours kept and still not the same: something was put in besides, which costs as one more neighbour.
  return kept / Math.max(asked + (kept === asked ? 1 : 0), given.length - 1);
}
