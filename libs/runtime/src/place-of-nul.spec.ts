import { describe, expect, it } from '@jest/globals';
import { placeOfNul } from './place-of-nul.js';

describe('the place of a NUL', () => {
  it.each([
    ['a\0', []],
    [{ a: 1, b: { c: ['x', 'y\0'] } }, ['b', 'c', '1']],
    [{ 'k\0ey': 1 }, ['key']],
    [{ a: 'b', c: [null, 2, true, '\\u0000'] }, undefined],
    [undefined, undefined],
  ])('of %j is %j', (value, place) => {
    expect(placeOfNul(value)).toEqual(place);
  });
});
