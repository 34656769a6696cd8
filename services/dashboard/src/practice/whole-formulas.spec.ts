import { describe, expect, it } from '@jest/globals';
import { wholeFormulas } from './whole-formulas.js';

describe('a question', () => {
  it('keeps a formula in one line, and leaves words as they are', () => {
    expect(wholeFormulas('Escribe sin paréntesis: 9(x + 8)')).toBe('Escribe sin paréntesis: 9(x\u00a0+\u00a08)');
    expect(wholeFormulas('2x + 3 = −7, then x')).toBe('2x\u00a0+\u00a03\u00a0=\u00a0−7, then x');
    expect(wholeFormulas('Who tells the story? - a friend')).toBe('Who tells the story? - a friend');
  });
});
