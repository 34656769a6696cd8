import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MOST_LEVELS, parseJson } from '../http/json-body.js';
import { isExact, withExactNumbers } from './exact-numbers.js';
import { countKeys, scanJson } from './scan-json.js';
import { walkJson } from './walk-json.js';

const scan = (text: string) => scanJson(Buffer.from(text));
const parsed = (text: string) => parseJson(Buffer.from(text));

function depthOf(value: unknown): number {
  return typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
}

describe('a scan of JSON', () => {
  it('counts keys and levels as a parse does, whatever strings hold', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5, stringUnit: 'binary' }), fc.constantFrom(undefined, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const { keys, depth } = scan(text);
        expect({ keys, depth }).toEqual({ keys: countKeys(JSON.parse(text)), depth: depthOf(value) });
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['[0.1,-12.5,1234567890,123456789012345]', false],
    ['[1234567890123456]', false],
    ['[0.30000000000000004,12345678901234567890]', true],
    ['[0.30000000000000004,1e21]', false],
    ['[0.3000000000000000412]', true],
    ['[1e400]', true],
    ['[-9007199254740993]', true],
    ['["12345678901234567890", "a\\"12345678901234567890"]', false],
  ])('%s has a number that a double does not hold: %s', (text, expected) => {
    expect(scan(text).inexact).toBe(expected);
  });
});

describe('a walk over JSON', () => {
  it('finds the first key that comes twice, with its place', () => {
    expect(walkJson('{"a":{"b":1},"c":[{"b":1},{"b":2,"x":"}","b":3}]}').repeated).toEqual({ path: ['c', 1, 'b'], position: 41 });
    expect(walkJson('{"a":1,"\\u0061":2}').repeated?.path).toEqual(['a']);
    expect(walkJson('{"a":{"a":{"a":"a"}},"b":["a","a"]}').repeated).toBeUndefined();
  });

  it('finds every number where it stands', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const text = JSON.stringify(value);
        const at = (path: readonly (string | number)[]) => path.reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], JSON.parse(text));
        for (const { path, literal } of walkJson(text).numbers) expect(at(path)).toBe(Number(literal));
      }),
    ); // prettier-ignore
  });
});

describe('a number in a double', () => {
  it.each(['0', '-0.0', '1.10', '100e-2', '1E3', '0.1', '123456789012345', '0.30000000000000004'])('%s comes back', (text) => {
    expect(isExact(text)).toBe(true);
  }); // prettier-ignore
  it.each(['9007199254740993', '0.1000000000000000055', '1e999', '1e-999', '12345678901234567890'])('%s does not', (text) => {
    expect(isExact(text)).toBe(false);
  });
  it('is put back where it stood, and nowhere else', () => {
    const literal = '12345678901234567890';
    const written = (value: unknown, path: readonly (string | number)[]) => JSON.stringify(withExactNumbers(value, [[path, literal]]));
    const double = Number(literal);
    expect(written({ a: [1, double] }, ['a', 1])).toBe(`{"a":[1,${literal}]}`);
    expect(written({ a: [{ x: double }] }, ['a', 'x'])).toBe(`{"a":[{"x":${literal}}]}`);
    expect(written({ a: 'hidden' }, ['a'])).toBe('{"a":"hidden"}');
    expect(written({}, ['a', 0])).toBe('{}');
  });
});

describe('a body', () => {
  it('is refused with the place of a key that comes twice, without what it says', () => {
    const answer = parsed('[{"actor":{"mbox":"mailto:ann@example.org","mbox":"mailto:bob@example.org"}}]');
    expect(answer).toEqual({ ok: false, reason: 'The body has a key twice in one object: [0].actor.mbox, again at position 43.' });
  });
  it('is refused where it nests absurdly deep, however large it is', () => {
    const deep = (levels: number) => parsed('['.repeat(levels) + ']'.repeat(levels));
    expect(deep(MOST_LEVELS).ok).toBe(true);
    expect(deep(MOST_LEVELS + 1)).toEqual({
      ok: false,
      reason: `The body nests ${MOST_LEVELS + 1} levels deep; ${MOST_LEVELS} are taken.`,
    });
    expect(deep(1_000_000).ok).toBe(false);
  });
  it('says which numbers a double does not hold', () => {
    expect(parsed('[{"a":[1.5,12345678901234567890]}]')).toMatchObject({ ok: true, numbers: [[[0, 'a', 1], '12345678901234567890']] });
    expect(parsed('[1234567890123456]')).toMatchObject({ ok: true, numbers: [] });
  });
});
