import { choleskySolve } from './cholesky.js';
import { type Design } from './design.js';
import { curvatureAt, evaluateAt, type Evaluation } from './objective.js';

/** Rows per predictor that give the curvature; the gradient always comes from all rows, so the optimum is the same. */
const CURVATURE_ROWS = 40;
/** While a step shrinks the slope at least this much, the curvature that it was taken with is good enough for the next one. */
const GOOD_STEP = 0.3;
const MOST_STEPS = 100;

export interface NewtonResult {
  /** Intercept first, then one per predictor. */
  readonly coefficients: Float64Array;
  readonly steps: number;
  readonly converged: boolean;
}

/**
 * Minimises the penalised loss by projected Newton steps (Bertsekas 1982) with halving until the loss falls.
 *
 * @param signs per predictor: +1 its coefficient must not be negative, -1 not positive, 0 free
 * @param start coefficients to start from, such as those of a neighbouring lambda
 * @param tolerance relative fall of the loss that is no longer worth a step
 */
export function minimise(design: Design, lambda: number, signs: Int8Array, start?: Float64Array, tolerance = 1e-16): NewtonResult {
  const size = design.predictors.length + 1;
  let coefficients: Float64Array = start ? Float64Array.from(start) : new Float64Array(size);
  let current = evaluateAt(design, coefficients, lambda);
  let curvature: Float64Array | undefined;
  let before = Infinity;
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const free = freePositions(coefficients, current.gradient, signs);
    const slope = largest(current.gradient, free);
    if (!curvature || slope > GOOD_STEP * before) curvature = curvatureAt(design, coefficients, lambda, CURVATURE_ROWS * size);
    before = slope;
    const direction = newtonDirection(curvature, current.gradient, free);
    // Half of this is what the step would still take off the loss, were it quadratic.
    const decrement = -current.gradient.reduce((sum, value, p) => sum + value * direction[p]!, 0);
    if (decrement <= tolerance * (1 + current.loss)) return { coefficients, steps, converged: true };
    const next = stepDown(design, lambda, signs, coefficients, current, direction);
    if (!next) return { coefficients, steps, converged: true };
    ({ coefficients, evaluation: current } = next);
  }
  return { coefficients, steps: MOST_STEPS, converged: false };
}

/** Positions that may move: all but those at their bound whose slope points beyond it. */
function freePositions(coefficients: Float64Array, gradient: Float64Array, signs: Int8Array): number[] {
  const free = [0];
  for (let p = 1; p < coefficients.length; p++) {
    const sign = signs[p - 1]!;
    const atBound = sign !== 0 && coefficients[p] === 0 && gradient[p]! * sign >= 0;
    if (!atBound) free.push(p);
  }
  return free;
}

function largest(gradient: Float64Array, positions: readonly number[]): number {
  return positions.reduce((most, p) => Math.max(most, Math.abs(gradient[p]!)), 0);
}

function newtonDirection(curvature: Float64Array, gradient: Float64Array, free: readonly number[]): Float64Array {
  const size = gradient.length;
  const n = free.length;
  for (let ridge = 0; ; ridge = ridge === 0 ? 1e-8 : ridge * 100) {
    const matrix = new Float64Array(n * n);
    const right = new Float64Array(n);
    free.forEach((p, i) => {
      right[i] = -gradient[p]!;
      for (let j = 0; j <= i; j++) matrix[i * n + j] = curvature[p * size + free[j]!]!;
      // A separable sample without penalty has no curvature left in some direction; a ridge keeps the step finite.
      matrix[i * n + i]! += ridge * (1 + curvature[p * size + p]!);
    });
    if (!choleskySolve(matrix, right)) continue;
    const direction = new Float64Array(size);
    free.forEach((p, i) => (direction[p] = right[i]!));
    return direction;
  }
}

function stepDown(
  design: Design,
  lambda: number,
  signs: Int8Array,
  from: Float64Array,
  current: Evaluation,
  direction: Float64Array,
): { coefficients: Float64Array; evaluation: Evaluation } | undefined {
  for (let length = 1; length > 1e-7; length /= 2) {
    const coefficients = from.map((value, p) => {
      const moved = value + length * direction[p]!;
      const sign = p === 0 ? 0 : signs[p - 1]!;
      return sign !== 0 && moved * sign < 0 ? 0 : moved;
    });
    const evaluation = evaluateAt(design, coefficients, lambda);
    // Near the optimum the fall drowns in the rounding of the sum.
    if (evaluation.loss <= current.loss + 1e-12 * current.loss) return { coefficients, evaluation };
  }
  return undefined;
}
