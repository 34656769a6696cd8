import { choleskySolve } from './cholesky.js';
import { type Design } from './design.js';
import { curvatureAt, evaluateAt, type Evaluation } from './objective.js';

/** Rows that give the curvature; the gradient always comes from all of them, so the optimum is the same. */
const CURVATURE_ROWS = 40_000;
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
 */
export function minimise(design: Design, lambda: number, signs: Int8Array, start?: Float64Array): NewtonResult {
  const size = design.predictors.length + 1;
  const stride = Math.max(1, Math.floor(design.table.rows / CURVATURE_ROWS));
  let coefficients: Float64Array = start ? Float64Array.from(start) : new Float64Array(size);
  let current = evaluateAt(design, coefficients, lambda);
  const tolerance = 1e-8 * Math.max(1, design.table.rows) ** 0.5;
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const free = freePositions(coefficients, current.gradient, signs);
    if (largest(current.gradient, free) <= tolerance) return { coefficients, steps, converged: true };
    const direction = newtonDirection(curvatureAt(design, coefficients, lambda, stride), current.gradient, free);
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
    if (evaluation.loss < current.loss) return { coefficients, evaluation };
  }
  return undefined;
}
