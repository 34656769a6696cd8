import { selectRows } from '../learner-table.js';
import { choleskySolve } from './cholesky.js';
import { type Design } from './design.js';
import { curvatureAt, evaluateAt, type Evaluation } from './objective.js';

/**
 * Products that a first look at the curvature may cost; it says how many rows are sampled for it. The gradient always comes from all rows,
 * so the optimum is the same.
 */
const CURVATURE_PRODUCTS = 1e8;
/**
 * While a step shrinks the slope at least to this part, the curvature that it was taken with is good enough for the next one: more patience where
 * curvature costs many passes over the rows.
 */
const goodStep = (size: number, rows: number, sampled: number): number => (Math.min(rows, sampled) * size > 8 * rows ? 0.6 : 0.3);
const MOST_STEPS = 100;

export interface NewtonResult {
  /** Intercept first, then one per predictor. */
  readonly coefficients: Float64Array;
  readonly steps: number;
  readonly converged: boolean;
  readonly curvature: Curvature | undefined;
}

/** Second derivatives that were good enough somewhere near, with the penalty that they hold. */
interface Curvature {
  readonly matrix: Float64Array;
  readonly lambda: number;
  /** Rows to take the next from. */
  readonly rows: number;
}

/** The same curvature under another penalty: only the diagonal differs. */
function underPenalty({ matrix, lambda: held, rows }: Curvature, size: number, lambda: number): Curvature {
  const shifted = matrix.slice();
  for (let p = 1; p < size; p++) shifted[p * size + p]! += lambda - held;
  return { matrix: shifted, lambda, rows };
}

/** Where to begin: coefficients such as those of a neighbouring lambda, and the curvature found there. */
export type Start = Pick<NewtonResult, 'coefficients'> & Partial<Pick<NewtonResult, 'curvature'>>;

/**
 * Minimises the penalised loss by Newton steps over the coefficients that are not held at their bound, halved until the loss falls
 * (an active-set method; Nocedal and Wright 2006, 16.5).
 *
 * @param signs per predictor: +1 its coefficient must not be negative, -1 not positive, 0 free
 * @param tolerance fall of the loss that is no longer worth a step: 1e-12 leaves each coefficient within a millionth of its standard error
 */
export function minimise(design: Design, lambda: number, signs: Int8Array, start?: Start, tolerance = 1e-12): NewtonResult {
  const size = design.predictors.length + 1;
  let coefficients: Float64Array = start ? Float64Array.from(start.coefficients) : new Float64Array(size);
  let current = evaluateAt(design, coefficients, lambda);
  let curvature = start?.curvature && underPenalty(start.curvature, size, lambda);
  let before = Infinity;
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const free = freePositions(coefficients, current.gradient, signs);
    const slope = largest(current.gradient, free);
    if (!curvature || slope > goodStep(size, design.table.rows, curvature.rows) * before) {
      // Where thin directions make the sample a poor guide, more rows are asked each time, up to all of them.
      const rows = curvature?.rows ?? Math.ceil((2 * CURVATURE_PRODUCTS) / size ** 2);
      curvature = { matrix: curvatureAt(design, coefficients, lambda, rows), lambda, rows: 4 * rows };
    }
    before = slope;
    const direction = feasibleDirection(curvature.matrix, current.gradient, coefficients, signs, free);
    // Half of this is what the step would still take off the loss, were it quadratic.
    const decrement = -current.gradient.reduce((sum, value, p) => sum + value * direction[p]!, 0);
    if (decrement <= tolerance) return { coefficients, steps, converged: true, curvature };
    const next = stepDown(design, lambda, coefficients, current, direction, signs);
    if (!next) return { coefficients, steps, converged: true, curvature };
    ({ coefficients, evaluation: current } = next);
  }
  return { coefficients, steps: MOST_STEPS, converged: false, curvature };
}

/** Rows above which a fit on a sample comes first: it costs next to nothing and saves passes over all rows. */
const LARGE = 200_000;
const SAMPLE = 20_000;

/**
 * `minimise` from the optimum of a sample where the table is large. Every n-th row is good enough to start from: it decides nothing.
 */
export function minimiseFromSample(design: Design, lambda: number, signs: Int8Array): NewtonResult {
  const { table } = design;
  if (table.rows <= LARGE) return minimise(design, lambda, signs);
  const step = Math.floor(table.rows / SAMPLE);
  const rows = Uint32Array.from({ length: Math.floor(table.rows / step) }, (_, at) => at * step);
  const sample = { ...design, table: selectRows(table, rows) };
  const { coefficients } = minimise(sample, lambda / step, signs, undefined, 1e-4);
  // Rounding of sums over a million rows is near 1e-10; a ten-thousandth of a standard error is enough there.
  return minimise(design, lambda, signs, { coefficients }, 1e-8);
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

/** The Newton step, without coefficients that stand at their bound and would leave it: solved again until none does. */
function feasibleDirection(
  curvature: Float64Array,
  gradient: Float64Array,
  coefficients: Float64Array,
  signs: Int8Array,
  free: readonly number[],
): Float64Array {
  for (let left = free; ;) {
    const direction = newtonDirection(curvature, gradient, left);
    const inside = left.filter((p) => p === 0 || coefficients[p] !== 0 || direction[p]! * signs[p - 1]! >= 0);
    if (inside.length === left.length) return direction;
    left = inside;
  }
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

/**
 * Halves the step until the loss falls. What would cross its bound stops there, so that one step can settle many bounds; a step that is short enough
 * crosses none and is Newton's own, along which the loss falls (projected Newton; Bertsekas 1982).
 */
function stepDown(
  design: Design,
  lambda: number,
  from: Float64Array,
  current: Evaluation,
  direction: Float64Array,
  signs: Int8Array,
): { coefficients: Float64Array; evaluation: Evaluation } | undefined {
  for (let length = 1; length > 1e-7; length /= 2) {
    const coefficients = from.map((value, p) => {
      const moved = value + length * direction[p]!;
      return p > 0 && moved * signs[p - 1]! < 0 ? 0 : moved;
    });
    const evaluation = evaluateAt(design, coefficients, lambda);
    // Near the optimum the fall drowns in the rounding of the sum.
    if (evaluation.loss <= current.loss + 1e-12 * current.loss) return { coefficients, evaluation };
  }
  return undefined;
}
