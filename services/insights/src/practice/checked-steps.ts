import { type Answer, type routes, stepHint } from '@pharos/contract';
import { checkSteps, isSolved, slipOf, workedExample } from '@pharos/xapi/open-answers';
import { type Call } from '../http/caller.js';
import { Refusal } from '../http/refusal.js';

type Steps = typeof routes.grading.steps;

/**
 * What is said to a solution written line by line: how far it is right, the first wrong line, and help with it that gives nothing away.
 *
 * @throws Refusal where the task cannot be read as algebra
 * @example checkedSteps({ task: '2(x+3) = 12', steps: ['2x + 3 = 12'], help: 'hint', locale: 'en' }).slip // => 'factor-first-term-only'
 */
export function checkedSteps({ task, steps, help, locale }: Call<Steps>['body']): Answer<Steps> {
  let checked;
  try {
    checked = checkSteps(task, steps);
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal('not-possible', { detail: 'The task cannot be read as algebra.' });
    throw error;
  }
  const wrong = checked.findIndex(({ ok }) => !ok);
  const nothing = { slip: null, hint: null, example: null };
  if (wrong === -1) return { ...nothing, right: checked.length, firstWrong: null, problem: null, solved: isSolved(steps.at(-1)!) };
  const problem = checked[wrong]!.problem!;
  const slip = problem === 'not-equal' ? (slipOf(steps[wrong - 1] ?? task, steps[wrong]!) ?? null) : null;
  const example = help === 'example' ? workedExample(task) : null;
  return {
    right: wrong,
    firstWrong: wrong,
    problem,
    slip,
    // Where there is no example of this kind, a sentence is better than nothing.
    hint: example === null ? stepHint(locale, slip ?? problem) : null,
    example: example === null ? null : [...example],
    solved: false,
  };
}
