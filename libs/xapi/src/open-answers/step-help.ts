import { type MathNode, type OperatorNode, type ParenthesisNode, type SymbolNode } from 'mathjs';
import { readSides, sameExpression, sameSides } from './algebra.js';

/** What seems to have gone wrong between two lines, where a usual slip explains it. */
export type StepSlip =
  /** 2(x + 3) became 2x + 3: the factor did not reach every term. */
  | 'factor-first-term-only'
  /** A plus where a minus belongs, or the other way round. */
  | 'sign'
  /** One side was changed and the other stayed. */
  | 'one-side-only';

/** Variants that are tried; lines of pupils are short. */
const MOST_VARIANTS = 16;

type Sides = readonly MathNode[];
const same = (a: Sides, b: Sides): boolean =>
  a.length === b.length && (a.length === 1 ? sameExpression(a[0]!, b[0]!) : sameSides(a, b)) === 'same';

const isOperator = (node: MathNode, ...fns: readonly string[]): node is OperatorNode =>
  node.type === 'OperatorNode' && fns.includes((node as OperatorNode).fn);
const bare = (node: MathNode): MathNode => (node.type === 'ParenthesisNode' ? bare((node as ParenthesisNode).content) : node);

/**
 * Names the slip that leads from a line to a wrong one after it: the slip is made on the right line, and if that gives the wrong one, it explains it. Says
 * nothing about what would have been right.
 *
 * @param before the last right line, or the task
 * @returns undefined where no known slip explains it
 * @example slipOf('2(x+3) = 12', '2x + 3 = 12') // => 'factor-first-term-only'
 */
export function slipOf(before: string, wrong: string): StepSlip | undefined {
  const [right, given] = [readSides(before), readSides(wrong)];
  if (right === undefined || right.length !== given?.length) return undefined;
  const made = (variants: readonly Sides[], target: Sides): boolean => variants.slice(0, MOST_VARIANTS).some((variant) => same(variant, target));
  if (made(oneChanged(right, firstTermOnly), given)) return 'factor-first-term-only';
  if (made(oneChanged(given, otherSign), right)) return 'sign';
  const kept = right.length === 2 ? right.map((side, at) => sameExpression(side, given[at]!) === 'same') : [];
  return kept.filter(Boolean).length === 1 ? 'one-side-only' : undefined;
} // prettier-ignore

/** Each variant with exactly one node changed, over all nodes that can be. */
function oneChanged(sides: Sides, change: (node: MathNode) => MathNode | undefined): readonly Sides[] {
  const variants: Sides[] = [];
  sides.forEach((side, at) => {
    let count = 0;
    side.traverse((node) => {
      if (change(node) !== undefined) count++;
    });
    for (let which = 0; which < count; which++) {
      let seen = -1;
      const changed = side.transform((node) => {
        const other = change(node);
        return other !== undefined && ++seen === which ? other : node;
      });
      variants.push(sides.map((one, place) => (place === at ? changed : one)));
    }
  });
  return variants;
}

/** k(a + b) → ka + b */
function firstTermOnly(node: MathNode): MathNode | undefined {
  if (!isOperator(node, 'multiply')) return undefined;
  const [factor, bracket] = node.args as [MathNode, MathNode];
  const sum = bare(bracket);
  if (!isOperator(sum, 'add', 'subtract') || sum.args.length !== 2) return undefined;
  const clone = sum.clone();
  const product = node.clone();
  product.args = [factor, sum.args[0]!];
  clone.args = [product, sum.args[1]!];
  return clone;
}

/** a + b → a − b, and back. */
function otherSign(node: MathNode): MathNode | undefined {
  if (!isOperator(node, 'add', 'subtract') || node.args.length !== 2) return undefined;
  const other = node.clone();
  const plus = node.fn === 'subtract';
  Object.assign(other, { fn: plus ? 'add' : 'subtract', op: plus ? '+' : '-' });
  return other;
}

/** Examples are of the task's kind with other numbers, from the first line to the last. */
const EXAMPLES = {
  bracketEquation: [
    ['4(y + 1) = 20', '4y + 4 = 20', '4y = 16', 'y = 4'],
    ['3(y + 5) = 36', '3y + 15 = 36', '3y = 21', 'y = 7'],
    ['5(y − 2) = 45', '5y − 10 = 45', '5y = 55', 'y = 11'],
  ],
  equation: [
    ['5y + 3 = 18', '5y = 15', 'y = 3'],
    ['2y − 7 = 9', '2y = 16', 'y = 8'],
    ['4y + 1 = 53', '4y = 52', 'y = 13'],
  ],
  expression: [
    ['4(y + 7)', '4y + 28'],
    ['6(y − 5)', '6y − 30'],
    ['9(y + 11)', '9y + 99'],
  ],
} as const;

/**
 * A worked example of the task's kind, with numbers and a letter of its own. Never the task itself in other letters, nor one that ends in the same number.
 *
 * @returns null where the task is of no kind that there are examples for
 * @example workedExample('3(x + 2) = 12') // => ['4(y + 1) = 20', '4y + 4 = 20', '4y = 16', 'y = 4']
 */
export function workedExample(task: string): readonly string[] | null {
  const sides = readSides(task);
  if (sides === undefined) return null;
  const letters = new Set(lettersOf(sides));
  if (letters.size !== 1 || sides.some(hasPowers)) return null;
  const [letter] = letters;
  const kind = sides.length === 1 ? 'expression' : sides.some(hasBracket) ? 'bracketEquation' : 'equation';
  if (kind === 'expression' && !hasBracket(sides[0]!)) return null;
  const givesAway = (line: string): boolean => {
    const read = readSides(line.replace(/y/g, letter!));
    return read !== undefined && same(sides, read);
  };
  return EXAMPLES[kind].find((lines) => !lines.some(givesAway)) ?? null;
}

/** Whether a line says what a letter is, and nothing more: `x = 5`. A right one ends the work on an equation. */
export function isSolved(line: string): boolean {
  const sides = readSides(line)?.map(bare);
  if (sides?.length !== 2) return false;
  const [left, right] = sides as [MathNode, MathNode];
  return (left.type === 'SymbolNode' && lettersOf([right]).length === 0) || (right.type === 'SymbolNode' && lettersOf([left]).length === 0);
}

function lettersOf(sides: Sides): readonly string[] {
  return sides.flatMap((side) =>
    side.filter((node, path) => node.type === 'SymbolNode' && path !== 'fn').map((node) => (node as SymbolNode).name),
  );
}

const hasPowers = (side: MathNode): boolean => side.filter((node) => isOperator(node, 'pow') || node.type === 'FunctionNode').length > 0;
const hasBracket = (side: MathNode): boolean => side.filter((node) => firstTermOnly(node) !== undefined).length > 0;
