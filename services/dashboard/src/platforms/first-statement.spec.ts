import { describe, expect, it } from '@jest/globals';
import { firstStatements } from './first-statement.js';

describe('a first statement', () => {
  it('names this server and the key that was just made, in every language', () => {
    const examples = firstStatements('https://pharos.example', { id: 'k1', secret: 's3' });
    expect(examples.map(({ language }) => language)).toEqual(['curl', 'JavaScript', 'Python']);
    for (const { text } of examples) {
      expect(text).toContain('https://pharos.example/xapi/statements');
      expect(text).toContain('k1:s3');
      expect(text).not.toMatch(/KEY|SECRET/);
    }
  });
  it('says what to fill in where there is no key at hand', () => {
    for (const { text } of firstStatements('https://pharos.example')) expect(text).toContain('KEY:SECRET');
  });
});
