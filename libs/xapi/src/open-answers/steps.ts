import { readSides, sameExpression, sameSides } from './algebra.js';

export type StepProblem =
  | 'unreadable'
  /** Not equal to the step before. */
  | 'not-equal'
  /** Could not be proven either way: for a teacher. */
  | 'not-sure';

export interface CheckedStep {
  readonly ok: boolean;
  readonly problem?: StepProblem;
}

/**
 * Checks a solution line by line: each must be equal to the one before, the first to the task. Lines are expressions, or
 * equations whose solutions stay the same. Lines after the first wrong one are not judged: they follow from it.
 *
 * @param task what was given: `3(x + 2) = 12`
 * @returns one per line up to and with the first that is not right
 * @example checkSteps('3(x+2) = 12', ['x + 2 = 4', 'x = 3']) // => [{ ok: true }, { ok: false, problem: 'not-equal' }]
 */
export function checkSteps(task: string, lines: readonly string[]): readonly CheckedStep[] {
  let before = readSides(task);
  if (before === undefined) throw new RangeError(`the task cannot be read: ${task}`);
  const checked: CheckedStep[] = [];
  for (const line of lines) {
    const now = readSides(line);
    const problem = now === undefined ? 'unreadable' : problemOf(now.length === 1 && before.length === 1 ? sameExpression(before[0]!, now[0]!) : sameSides(before, now));
    if (problem !== undefined) return [...checked, { ok: false, problem }];
    checked.push({ ok: true });
    before = now!;
  }
  return checked;
} // prettier-ignore

function problemOf(sameness: ReturnType<typeof sameExpression>): StepProblem | undefined {
  if (sameness === 'same') return undefined;
  return sameness === 'different' ? 'not-equal' : 'not-sure';
}
