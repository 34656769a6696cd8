import { describe, expect, it } from '@jest/globals';
import { readSides, sameSides } from '@pharos/xapi/open-answers';
import { checkedSteps } from './checked-steps.js';

const check = (task: string, steps: string[], help: 'hint' | 'example' = 'hint', locale: 'en' | 'es' = 'en') =>
  checkedSteps({ task, steps, help, locale });

describe('a solution step by step', () => {
  it('is followed to its end', () => {
    expect(check('3(x+2) = 12', ['3x + 6 = 12', '3x = 6', 'x = 2'])).toMatchObject({
      right: 3,
      firstWrong: null,
      solved: true,
      hint: null,
    });
    expect(check('3(x+2) = 12', ['3x + 6 = 12'])).toMatchObject({ solved: false, firstWrong: null });
  });

  it('stops at the first wrong step, with a word on the slip or a worked example', () => {
    expect(check('3(x+2) = 12', ['3x + 2 = 12', 'x = 10/3'])).toMatchObject({ right: 0, firstWrong: 0, slip: 'factor-first-term-only' });
    expect(check('3(x+2) = 12', ['3x + 2 = 12'], 'hint', 'es').hint).toContain('paréntesis');
    expect(check('3(x+2) = 12', ['x + 2 = 5'], 'example')).toMatchObject({ hint: null, example: expect.arrayContaining(['y = 4']) });
    expect(check('x^2 = 4', ['x = 3'], 'example')).toMatchObject({ example: null, problem: 'not-equal', hint: expect.any(String) });
    expect(() => check('3(x+', ['x = 1'])).toThrow('not-possible');
  });

  it('never gives the answer away, whatever wrong line is tried and whichever help is asked for', () => {
    const tasks = [[3, 2, 2], [5, -4, 7], [4, 1, 4], [2, 9, -3], [7, 3, 11]].map(([a, b, x]) => ({ task: `${a}(x + ${b}) = ${a! * (x! + b!)}`, x: x! })); // prettier-ignore
    for (const { task, x } of tasks) {
      for (const line of ['x = 100', `${x} + 1 = x`, 'x', '0 = 0', 'x = x', '?', task.replace('= ', '= 1'), `x = ${x} + 0.5`]) {
        for (const help of ['hint', 'example'] as const) {
          const said = check(task, [line], help);
          expect(said.right).toBe(0);
          const told = [...(said.example ?? []), ...(said.hint ?? '').split(/[.?!:]/)];
          const leaks = told.filter((text) => {
            const read = readSides(text.trim().replace(/y/g, 'x'));
            return read?.length === 2 && sameSides(readSides(task)!, read) === 'same';
          });
          expect(leaks).toEqual([]);
        }
      }
    }
  });
});
