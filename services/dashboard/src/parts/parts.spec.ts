import { describe, expect, it } from '@jest/globals';
import { readSort, writeSort } from '../overview/sort.js';
import { csvOf } from './csv.js';
import { sparkline } from './sparkline.js';

const value = (number: number) => ({ is: 'value', value: number }) as const;

describe('a table to take away', () => {
  it('quotes what has to be quoted', () => {
    expect(
      csvOf(
        ['a', 'b'],
        [
          ['x,y', 'say "hi"'],
          ['', '-3'],
        ],
      ),
    ).toBe('a,b\r\n"x,y","say ""hi"""\r\n,-3');
  });
  it('holds no formula, whoever named a course', () => {
    expect(csvOf(['a'], [['=HYPERLINK("http://x")'], ['+1'], ['@x'], ['-cmd']])).toBe(
      'a\r\n"\'=HYPERLINK(""http://x"")"\r\n\'+1\r\n\'@x\r\n\'-cmd',
    );
  });
});

describe('a small multiple', () => {
  it('starts at zero and ends in a dot', () => {
    expect(sparkline([value(0), value(4)], 96, 24)).toEqual({ paths: ['M3 21L93 3'], last: [93, 3] });
  });
  it('leaves a gap where nothing is known', () => {
    expect(sparkline([value(1), value(2), { is: 'suppressed' }, value(2), value(1)], 96, 24).paths).toHaveLength(2);
  });
  it('says nothing of nothing', () => {
    expect(sparkline([], 96, 24)).toEqual({ paths: [], last: null });
  });
});

describe('the order of a table', () => {
  it('is kept in the address and back', () => {
    expect(readSort('-atRisk', ['atRisk'])).toEqual([{ id: 'atRisk', desc: true }]);
    expect(writeSort(readSort('title', ['title'])!)).toBe('title');
    expect(readSort('-weather', ['atRisk'])).toBeNull();
  });
});
