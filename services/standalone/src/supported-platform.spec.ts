import { describe, expect, it } from '@jest/globals';
import { platforms, unsupported } from './supported-platform.js';

describe('a platform', () => {
  it('that the embedded warehouse does not run on is named in one line, with those that it has', () => {
    expect(unsupported('win32-x64')).toBe(`the embedded warehouse (chDB) does not run on win32-x64; it has ${platforms.join(', ')}`);
    expect(platforms.map(unsupported)).toEqual(platforms.map(() => undefined));
  });
});
