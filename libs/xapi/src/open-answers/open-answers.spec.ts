import { describe, expect, it } from '@jest/globals';
import { markOpenAnswer } from '../open-answers.js';
import { quadraticKappa, quadraticKappaByGroup } from './agreement.js';
import { editDistance } from './edit-distance.js';
import { type Mark } from './mark.js';
import { checkSteps } from './steps.js';

const said = (mark: Mark): string => (mark.sure ? `${mark.correct}${mark.note ? ` ${mark.note}` : ''}` : `unsure: ${mark.because}`);

describe('numbers with units and tolerance', () => {
  it.each([
    [{ value: 3.5 }, '3.5', 'true'],
    [{ value: 3.5 }, '3,5', 'true'],
    [{ value: 0.75 }, '3/4', 'true'],
    [{ value: 1000 }, '1 000', 'true'],
    [{ value: 1234 }, '1,234', 'unsure: unreadable-answer'], // one and a bit, or a thousand
    [{ value: -2 }, '−2', 'true'],
    [{ value: 3.5 }, 'three', 'unsure: unreadable-answer'],
    [{ value: 3.5 }, '', 'unsure: unreadable-answer'],
    [{ value: 0.3 }, String(0.1 + 0.2), 'true'],
    [{ value: 3.14159, tolerance: 0.005 }, '3.14', 'true'],
    [{ value: 3.14159, tolerance: 0.001 }, '3.14', 'false'],
    [{ value: 1.5, unit: 'km' }, '1500 m', 'true'],
    [{ value: 1.5, unit: 'km' }, '1.5', 'false unit-missing'],
    [{ value: 1.5, unit: 'km' }, '1.5 kg', 'false unit-wrong'],
    [{ value: 1.5, unit: 'km' }, '1.5 m', 'false'],
    [{ value: 1.5, unit: 'km' }, '1.5 apples', 'unsure: unreadable-answer'],
    [{ value: 18, unit: 'km/h' }, '5 m/s', 'true'],
    [{ value: 12, unit: 'cm^2' }, '12 cm²', 'true'],
    [{ value: 12, unit: 'nonsense' }, '12 cm', 'unsure: unreadable-key'],
    [{ value: 100, unit: 'degC' }, '212 °F', 'true'],
  ])('%j takes %j as %s', (key, answer, expected) => {
    expect(said(markOpenAnswer({ kind: 'number', ...key }, answer))).toBe(expected);
  });
});

describe('algebra by equivalence', () => {
  it.each([
    ['2x+2', '2(x+1)', 'true'],
    ['2x+2', '2x+1', 'false'],
    ['(a+b)^2', 'a^2+2ab+b^2', 'true'],
    ['(a+b)^2', 'a²+b²', 'false'],
    ['x(x+1)', 'x^2+x', 'true'],
    ['(x^2-1)/(x-1)', 'x+1', 'true'], // equal wherever both are defined
    ['1/x+1/y', '(x+y)/(xy)', 'true'],
    ['2x+2', 'y', 'false'],
    ['x^3', 'x*x*x', 'true'],
    ['x^-1', '1/x', 'true'],
    ['y = 2x+2', '2y = 4x+4', 'true'],
    ['y = 2x+2', '2(x+1) = y', 'true'],
    ['y = 2x+2', 'y = 2x', 'false'],
    ['x = 5', '5', 'true'],
    ['x = 5', '6', 'false'],
    ['sin(x)^2+cos(x)^2', '1', 'unsure: not-proven'],
    ['sqrt(x)', 'x', 'false'],
    ['2sqrt(x+1)', '2(x+1)^(1/2)', 'unsure: not-proven'],
    ['2x+2', '2x+', 'unsure: unreadable-answer'],
    ['2x+2', 'import("x")', 'unsure: unreadable-answer'],
    ['2x+2', '9^9^9^9', 'unsure: unreadable-answer'],
    ['2x+2', '((((x^40)^40)^40)^40)', 'unsure: unreadable-answer'],
    ['2x+2', 'x'.repeat(300), 'unsure: unreadable-answer'],
    ['2x+', '2x', 'unsure: unreadable-key'],
  ])('%s takes %s as %s', (expression, answer, expected) => {
    expect(said(markOpenAnswer({ kind: 'algebra', expression }, answer))).toBe(expected);
  });

  it('never takes a polynomial with one changed coefficient for the same', () => {
    for (let change = 1; change <= 200; change += 1) {
      const key = `${change}x^3 - ${change + 1}x y + 7`;
      expect(said(markOpenAnswer({ kind: 'algebra', expression: key }, `${change}x^3 - ${change + 2}x y + 7`))).toBe('false');
      expect(said(markOpenAnswer({ kind: 'algebra', expression: key }, `7 + x(${change}x^2 - ${change + 1}y)`))).toBe('true');
    }
  });
});

describe('short texts', () => {
  const key = { kind: 'text', accept: ['photosynthesis', 'the Nile'], refuse: ['respiration', 'the Niger'] } as const;
  it.each([
    ['Photosynthesis.', 'true'],
    ['photosinthesis', 'true typo'],
    ['nile', 'true'],
    ['Niel', 'unsure: nearly'], // four letters: a slip could be another river
    ['respiration', 'false'],
    ['respirration', 'unsure: nearly'],
    ['plants make food', 'unsure: free-text'],
    ['   ', 'unsure: unreadable-answer'],
  ])('%j is %s', (answer, expected) => {
    expect(said(markOpenAnswer(key, answer))).toBe(expected);
  });

  it('never forgives a figure or a negation as a slip', () => {
    expect(said(markOpenAnswer({ kind: 'text', accept: ['the year 1945'] }, 'the year 1954'))).toBe('unsure: nearly');
    expect(said(markOpenAnswer({ kind: 'text', accept: ['mammals do fly'] }, 'mammals do not fly'))).not.toMatch(/^true/);
  });

  it('counts a swap of neighbours as one slip', () => {
    expect([editDistance('recieve', 'receive'), editDistance('', 'abc'), editDistance('kitten', 'sitting')]).toEqual([1, 3, 3]);
  });
});

describe('a solution step by step', () => {
  it('names the first wrong step', () => {
    expect(checkSteps('3(x+2) = 12', ['x + 2 = 4', 'x = 3', 'x = 2'])).toEqual([{ ok: true }, { ok: false, problem: 'not-equal' }]);
    expect(checkSteps('3(x+2) = 12', ['3x + 6 = 12', '3x = 6', 'x = 2'])).toEqual([{ ok: true }, { ok: true }, { ok: true }]);
    expect(checkSteps('2(x+3)', ['2x + 3'])).toEqual([{ ok: false, problem: 'not-equal' }]);
    expect(checkSteps('2(x+3)', ['2x + '])).toEqual([{ ok: false, problem: 'unreadable' }]);
  });
  it('does not take 0 = 0 for a step of an equation', () => {
    expect(checkSteps('x = 2', ['0 = 0'])[0]).toMatchObject({ ok: false });
  });
});

describe('quadratic weighted kappa', () => {
  // Worked by the definition: weights (i − j)² / (k − 1)², observed Σ w O / Σ w E, of the 4 × 4 table of these marks.
  const byDefinition = (a: readonly number[], b: readonly number[]): number => {
    const levels = [...new Set([...a, ...b])];
    let observed = 0;
    let expected = 0;
    for (const i of levels) {
      for (const j of levels) {
        observed += (i - j) ** 2 * a.filter((mark, at) => mark === i && b[at] === j).length;
        expected += ((i - j) ** 2 * a.filter((mark) => mark === i).length * b.filter((mark) => mark === j).length) / a.length;
      }
    }
    return 1 - observed / expected;
  };

  it('is what its definition says', () => {
    const a = [1, 2, 3, 4, 4, 2, 1, 3];
    const b = [1, 3, 3, 3, 4, 2, 2, 4];
    expect(quadraticKappa(a, b)).toBeCloseTo(byDefinition(a, b), 12);
    expect(quadraticKappa(a, a)).toBe(1);
    expect(quadraticKappa([1, 1], [1, 1])).toBeNull();
    expect(quadraticKappa([], [])).toBeNull();
  });

  it('is told per group', () => {
    const marks = [['x', 0, 0], ['x', 1, 1], ['y', 0, 1], ['y', 1, 0]].map(([group, a, b]) => ({ group: String(group), a: Number(a), b: Number(b) })); // prettier-ignore
    expect(quadraticKappaByGroup(marks)).toEqual([
      { group: 'x', n: 2, kappa: 1 },
      { group: 'y', n: 2, kappa: -1 },
    ]);
  });
});
