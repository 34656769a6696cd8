import { describe, expect, it } from '@jest/globals';
import { readSides, sameSides } from '../open-answers.js';
import { isSolved, slipOf, workedExample } from './step-help.js';

describe('the slip behind a wrong step', () => {
  it.each([
    ['2(x+3) = 12', '2x + 3 = 12', 'factor-first-term-only'],
    ['2(x+3)', '2x + 3', 'factor-first-term-only'],
    ['5 = 3(x-2)', '5 = 3x - 2', 'factor-first-term-only'],
    ['3x + 6 = 12', '3x = 12 + 6', 'sign'],
    ['2(x-3)', '2x + 6', 'sign'],
    ['3x + 6 = 12', '3x = 12', 'one-side-only'],
    ['3x + 6 = 12', '3x = 7', undefined],
    ['3x + 6 = 12', '3x =', undefined],
  ])('%s → %s: %s', (before, wrong, slip) => {
    expect(slipOf(before, wrong)).toBe(slip);
  });
});

describe('a worked example', () => {
  it('is of the kind of the task', () => {
    expect(workedExample('7(x + 2) = 12')?.[0]).toContain('(');
    expect(workedExample('3x + 6 = 12')).toHaveLength(3);
    expect(workedExample('3(x + 6)')).toHaveLength(2);
    expect(workedExample('x^2 = 4')).toBeNull();
    expect(workedExample('a x + b = 4')).toBeNull();
    expect(workedExample('12 + 7')).toBeNull();
  });

  it('never ends like the task, whatever its numbers', () => {
    for (let a = 2; a <= 6; a++) {
      for (let x = -3; x <= 14; x++) {
        for (const task of [`${a}x + 3 = ${a * x + 3}`, `${a}(x + 2) = ${a * (x + 2)}`]) {
          const lines = workedExample(task);
          expect(lines).not.toBeNull();
          expect(lines!.filter((line) => sameSides(readSides(task)!, readSides(line.replace(/y/g, 'x'))!) === 'same')).toEqual([]);
        }
      }
    }
  });
});

describe('a solved equation', () => {
  it.each([
    ['x = 4', true],
    ['4 = x', true],
    ['x = 8/2', true],
    ['2x = 8', false],
    ['x = y', false],
    ['x + 1', false],
  ])('%s: %s', (line, solved) => {
    expect(isSolved(line)).toBe(solved);
  });
});
