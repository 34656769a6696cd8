import { all, type ConstantNode, create, type Fraction, type MathNode, type SymbolNode } from 'mathjs';
import { boundOf, isPolynomialLike, symbolsOf } from './algebra-bounds.js';
import { type Mark, sure, unsure } from './mark.js';

export interface AlgebraKey {
  readonly kind: 'algebra';
  /** An expression equal to the right answer, `2x + 2`; or an equation, `y = 2x + 2`. */
  readonly expression: string;
}

const exact = create(all!, { number: 'Fraction' });
const floating = create(all!, {});

/** Parses an answer as school algebra writes it, or says undefined. Only arithmetic, roots and a few functions are read. */
export function readExpression(text: string): MathNode | undefined {
  if (text.length === 0 || text.length > 200) return undefined;
  const plain = text.replace(/[−–]/g, '-').replace(/[×·]/g, '*').replace(/÷/g, '/').replace(/²/g, '^2').replace(/³/g, '^3').replace(/√\s*\(/g, 'sqrt(').replace(/√\s*([\w.]+)/g, 'sqrt($1)'); // prettier-ignore
  let node: MathNode;
  try {
    node = exact.parse(apart(plain));
  } catch {
    return undefined; // a syntax error is how the library says that it cannot be read
  }
  return boundOf(node) === undefined ? undefined : node;
}

const KNOWN_NAMES = new Set(['sqrt', 'cbrt', 'abs', 'sin', 'cos', 'tan', 'log', 'exp', 'pi']);

/** In school algebra `xy` is a product and `x(x + 1)` too; the library would read a name and a call. */
const apart = (text: string): string =>
  text.replace(/\bln\b/g, 'log').replace(/(\p{L}+)(\s*\()?/gu, (_, letters: string, bracket = '') => {
    if (KNOWN_NAMES.has(letters)) return `${letters}${bracket as string}`;
    return `${[...letters].join('*')}${bracket === '' ? '' : '*('}`;
  });

/** Fixed points, far from round numbers, so that a verdict is the same for all. 3 exact points decide polynomials, see `sameExpression`. */
const POINTS = [
  [1_000_003, 7_919], [-2_750_159, 10_007], [5_915_587, 104_729], [3_367_900_1, 99_991], [-9_838_231, 65_537],
  [12_345_701, 8_191], [-1_500_450, 271], [86_028_121, 31_337],
] as const; // prettier-ignore

const fractionAt = (point: number, place: number): Fraction => {
  const [over, under] = POINTS[(point + 3 * place) % POINTS.length]!;
  return exact.fraction(over + 101 * place * (point + 1), under);
};

type Sameness = 'same' | 'different' | 'not-proven' | 'undefined';

/**
 * Whether two expressions are equal for all values of their letters.
 *
 * Rational expressions are compared in exact fractions at several points (Schwartz 1980, Zippel 1979): two different ones of
 * degree d ≤ 40 with numbers of this size agree at one such point with a chance below d / 10⁶ for a random one, at all of them
 * practically never; a difference at one point where both are defined is proof. Roots, sines and logarithms are compared in
 * doubles: a clear difference is proof, agreement is not.
 *
 * @example sameExpression(readExpression('2(x+1)')!, readExpression('2x+2')!) // => 'same'
 */
export function sameExpression(a: MathNode, b: MathNode): Sameness {
  const letters = [...new Set([...symbolsOf(a), ...symbolsOf(b)])].sort();
  const rational = isPolynomialLike(a) && isPolynomialLike(b);
  let compared = 0;
  for (let point = 0; point < POINTS.length && compared < 4; point += 1) {
    const at = new Map(letters.map((letter, place) => [letter, fractionAt(point, place)]));
    const same = rational ? equalExactly(a, b, at) : equalNearly(a, b, at, point);
    if (same === false) return 'different';
    if (same === true) compared += 1;
  }
  if (compared < 3) return 'undefined';
  return rational ? 'same' : 'not-proven';
}

function equalExactly(a: MathNode, b: MathNode, at: ReadonlyMap<string, Fraction>): boolean | undefined {
  try {
    const [left, right] = [a, b].map((node) => node.compile().evaluate(new Map(at)) as Fraction);
    return Boolean(exact.equal(left!, right!));
  } catch {
    return undefined; // a division by zero: neither is defined there, which says nothing
  }
}

/** For the other kind of numbers. Fractions in brackets and products with their sign: `2/1 (x + 1)` would be read as `2 / (1 (x + 1))`. */
const written = (node: MathNode): string =>
  node.toString({
    parenthesis: 'all',
    implicit: 'show',
    handler: (each: MathNode) => (each.type === 'ConstantNode' ? `(${String((each as ConstantNode).value)})` : undefined),
  });

function equalNearly(a: MathNode, b: MathNode, at: ReadonlyMap<string, Fraction>, point: number): boolean | undefined {
  // Small positive values: roots and logarithms are defined there, and exponentials stay finite.
  const scope = new Map([...at.keys()].map((letter, place) => [letter, 0.37 + ((point * 0.618 + place * 0.414) % 1.9)]));
  const values = [a, b].map((node) => floating.parse(written(node)).compile().evaluate(new Map(scope)) as unknown);
  const [left, right] = values;
  if (typeof left !== 'number' || typeof right !== 'number' || !Number.isFinite(left) || !Number.isFinite(right)) return undefined;
  return Math.abs(left - right) <= 1e-9 * Math.max(1, Math.abs(left), Math.abs(right));
}

/**
 * Grades an expression by what it is equal to.
 *
 * @example markAlgebra({ kind: 'algebra', expression: '2x+2' }, '2(x+1)') // => { sure: true, correct: true, share: 1 }
 */
export function markAlgebra({ expression }: AlgebraKey, answer: string): Mark {
  const key = readSides(expression);
  if (key === undefined) return unsure('unreadable-key');
  const given = readSides(answer);
  if (given === undefined || given.length > key.length) return unsure('unreadable-answer');
  // `y = 2x + 2` asked for and `2x + 2` given: what is on the right is the answer.
  const sameness = given.length === key.length ? sameSides(key, given) : sameExpression(key.at(-1)!, given[0]!);
  switch (sameness) {
    case 'same':
      return sure(true);
    case 'different':
      return sure(false);
    case 'not-proven':
      return unsure('not-proven', true);
    case 'undefined':
      return unsure('unreadable-answer');
  }
}

/** One expression, or the two sides of an equation. */
export function readSides(text: string): readonly MathNode[] | undefined {
  const sides = text.split('=').map((side) => readExpression(side.trim()));
  return sides.length <= 2 && sides.every((side) => side !== undefined) ? sides : undefined;
}

/** Equations are the same when one difference of sides is a constant multiple of the other, other than zero. */
export function sameSides(a: readonly MathNode[], b: readonly MathNode[]): Sameness {
  if (a.length !== b.length) return 'different';
  if (a.length === 1) return sameExpression(a[0]!, b[0]!);
  const [left, right] = [a, b].map((sides) => new exact.OperatorNode('-', 'subtract', [sides[0]!, sides[1]!]));
  const zero = new exact.ConstantNode(exact.fraction(0) as never);
  if (sameExpression(right!, zero) === 'same' || sameExpression(left!, zero) === 'same') return 'undefined';
  // L(x) R(x₀) = L(x₀) R(x) for all x and x₀ says that the two are proportional.
  const crossed = (one: MathNode, other: MathNode) => new exact.OperatorNode('*', 'multiply', [one, moved(other)]);
  return sameExpression(crossed(left!, right!), crossed(right!, left!));
}

/** The same at another point: each letter `x` becomes `x_0`. */
const moved = (node: MathNode): MathNode =>
  node.transform((each, path) =>
    each.type === 'SymbolNode' && path !== 'fn' ? new exact.SymbolNode(`${(each as SymbolNode).name}_0`) : each,
  );
