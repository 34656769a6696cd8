import { describe, expect, it } from '@jest/globals';
import { keyMeant, moveCursor } from './keys.js';

const pressed = (key: string, more = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, typing: false, ...more });

describe('keys', () => {
  it('mean what the table says', () => {
    expect(keyMeant(pressed('j'), ['j', 'k'])).toBe('j');
    expect(keyMeant(pressed('x'), ['j', 'k'])).toBeUndefined();
  });
  it('are letters in a field, save Escape', () => {
    expect(keyMeant(pressed('j', { typing: true }), ['j'])).toBeUndefined();
    expect(keyMeant(pressed('Escape', { typing: true }), ['Escape'])).toBe('Escape');
  });
  it('leave the browser its own', () => {
    expect(keyMeant(pressed('s', { ctrlKey: true }), ['s'])).toBeUndefined();
    expect(keyMeant(pressed('s', { metaKey: true }), ['s'])).toBeUndefined();
  });
  it('move a cursor that stops at both ends', () => {
    expect(moveCursor(-1, 1, 3)).toBe(0);
    expect(moveCursor(-1, -1, 3)).toBe(2);
    expect(moveCursor(2, 1, 3)).toBe(2);
    expect(moveCursor(0, -1, 3)).toBe(0);
    expect(moveCursor(-1, 1, 0)).toBe(-1);
  });
});
