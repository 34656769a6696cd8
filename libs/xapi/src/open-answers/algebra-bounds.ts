import { type ConstantNode, type FunctionNode, type MathNode, type OperatorNode, type ParenthesisNode, type SymbolNode } from 'mathjs';

/** What may stand in an answer. Everything else of the library (assignments, its own functions, units) is refused. */
const FUNCTIONS = new Set(['sqrt', 'cbrt', 'abs', 'sin', 'cos', 'tan', 'log', 'exp']);
const OPERATORS = new Set(['add', 'subtract', 'multiply', 'divide', 'pow', 'unaryMinus', 'unaryPlus']);
const CONSTANTS = new Set(['pi', 'e']);
const MOST_NODES = 120;
const HIGHEST_DEGREE = 40;
const LARGEST_NUMBER = 1e12;

/**
 * Degree of an expression, numerators and denominators together; undefined when it holds what no answer may, or is too large
 * to be worked out at once: a tower of powers would otherwise keep the server busy for ever.
 */
export function boundOf(node: MathNode): number | undefined {
  let count = 0;
  node.traverse(() => (count += 1));
  const degree = count > MOST_NODES ? undefined : degreeOf(node);
  return degree !== undefined && degree <= HIGHEST_DEGREE ? degree : undefined;
}

/** Value of a whole exponent: a number, or its negative. */
export function wholeExponent(node: MathNode): number | undefined {
  if (node.type === 'ParenthesisNode') return wholeExponent((node as ParenthesisNode).content);
  if (node.type === 'OperatorNode' && (node as OperatorNode).fn === 'unaryMinus') {
    const inner = wholeExponent((node as OperatorNode).args[0]!);
    return inner === undefined ? undefined : -inner;
  }
  const value = node.type === 'ConstantNode' ? Number((node as ConstantNode).value) : undefined;
  return value !== undefined && Number.isInteger(value) ? value : undefined;
}

function degreeOf(node: MathNode): number | undefined {
  switch (node.type) {
    case 'ConstantNode': {
      const value = Number((node as ConstantNode).value);
      return Number.isFinite(value) && Math.abs(value) <= LARGEST_NUMBER ? 0 : undefined;
    }
    case 'SymbolNode':
      return /^\p{L}(?:_\w+)?$/u.test((node as SymbolNode).name) || CONSTANTS.has((node as SymbolNode).name) ? 1 : undefined;
    case 'ParenthesisNode':
      return degreeOf((node as ParenthesisNode).content);
    case 'FunctionNode':
      return FUNCTIONS.has((node as FunctionNode).fn.name) && (node as FunctionNode).args.length === 1 ? degreeOf((node as FunctionNode).args[0]!) : undefined;
    case 'OperatorNode':
      return degreeOfOperator(node as OperatorNode);
    default:
      return undefined;
  }
} // prettier-ignore

function degreeOfOperator(node: OperatorNode): number | undefined {
  if (!OPERATORS.has(node.fn)) return undefined;
  const degrees = node.args.map(degreeOf);
  if (degrees.some((degree) => degree === undefined)) return undefined;
  const [first = 0, second = 0] = degrees as number[];
  if (node.fn !== 'pow') return first + second;
  const power = wholeExponent(node.args[1]!);
  if (power === undefined) return first + second <= 4 ? first + second : undefined; // a root or an exponential: compared in doubles
  return Math.abs(power) <= HIGHEST_DEGREE ? Math.max(first, 1) * Math.abs(power) : undefined;
}

/** Letters of an expression, without the names of functions and without pi and e. */
export function symbolsOf(node: MathNode): readonly string[] {
  const letters: string[] = [];
  node.traverse((each, path) => {
    if (each.type !== 'SymbolNode' || path === 'fn') return;
    const { name } = each as SymbolNode;
    if (!CONSTANTS.has(name)) letters.push(name);
  });
  return letters;
}

/** True when the four operations and whole powers are all there is, so that fractions give exact values. */
export function isPolynomialLike(node: MathNode): boolean {
  let only = true;
  node.traverse((each) => {
    if (each.type === 'FunctionNode' || (each.type === 'SymbolNode' && CONSTANTS.has((each as SymbolNode).name))) only = false;
    if (each.type === 'OperatorNode' && (each as OperatorNode).fn === 'pow' && wholeExponent((each as OperatorNode).args[1]!) === undefined) only = false;
  });
  return only;
} // prettier-ignore
