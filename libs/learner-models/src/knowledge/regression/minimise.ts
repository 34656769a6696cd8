/** Value of a function at a point; its gradient is written into `gradient`. */
export type Objective = (at: Float64Array, gradient: Float64Array) => number;

export interface Minimum {
  readonly at: Float64Array;
  readonly value: number;
  readonly steps: number;
  readonly converged: boolean;
}

export interface MinimiseSettings {
  readonly steps?: number;
  /** Ends where no gradient is larger than this share of the largest at the start, or the value falls by less than 1e-9 of itself. */
  readonly tolerance?: number;
}

const MEMORY = 8;

/**
 * Limited-memory BFGS with backtracking (Nocedal 1980; Nocedal and Wright 2006, algorithms 7.4 and 3.1) for smooth convex functions. Repeats to the last bit.
 * O(steps × (cost of the function + 32 × size)).
 *
 * @example minimise((x, g) => { g[0] = 2 * (x[0]! - 3); return (x[0]! - 3) ** 2; }, Float64Array.of(0)).at // => [3]
 */
export function minimise(objective: Objective, start: Float64Array, { steps = 200, tolerance = 1e-4 }: MinimiseSettings = {}): Minimum {
  const size = start.length;
  let at = start.slice();
  let gradient = new Float64Array(size);
  let value = objective(at, gradient);
  const enough = tolerance * largest(gradient);
  const moves: { s: Float64Array; y: Float64Array; rho: number }[] = [];
  const direction = new Float64Array(size);
  for (let taken = 0; taken < steps; taken++) {
    if (largest(gradient) <= enough) return { at, value, steps: taken, converged: true };
    descend(direction, gradient, moves);
    let slope = dot(direction, gradient);
    if (!(slope < 0)) {
      moves.length = 0;
      for (let k = 0; k < size; k++) direction[k] = -gradient[k]!;
      slope = dot(direction, gradient);
    }
    // The first step has no curvature to go by: a unit step along the gradient of a sum over a million rows would be absurd.
    let length = moves.length === 0 ? 1 / Math.max(1, Math.sqrt(-slope)) : 1;
    const next = new Float64Array(size);
    const nextGradient = new Float64Array(size);
    let nextValue = Infinity;
    for (let halvings = 0; halvings < 40; halvings++, length /= 2) {
      for (let k = 0; k < size; k++) next[k] = at[k]! + length * direction[k]!;
      nextValue = objective(next, nextGradient);
      if (nextValue <= value + 1e-4 * length * slope) break;
    }
    if (!(nextValue < value)) return { at, value, steps: taken, converged: largest(gradient) <= 100 * enough };
    const settled = value - nextValue <= 1e-9 * Math.abs(value);
    const s = next.map((x, k) => x - at[k]!);
    const y = nextGradient.map((g, k) => g - gradient[k]!);
    const curvature = dot(s, y);
    if (curvature > 1e-12 * dot(y, y)) {
      if (moves.length === MEMORY) moves.shift();
      moves.push({ s, y, rho: 1 / curvature });
    }
    at = next;
    gradient = nextGradient;
    value = nextValue;
    if (settled) return { at, value, steps: taken + 1, converged: true };
  }
  return { at, value, steps, converged: false };
}

/** The two loops: minus the inverse curvature that the moves tell, times the gradient. */
function descend(into: Float64Array, gradient: Float64Array, moves: readonly { s: Float64Array; y: Float64Array; rho: number }[]): void {
  for (let k = 0; k < into.length; k++) into[k] = -gradient[k]!;
  const alphas = new Float64Array(moves.length);
  for (let m = moves.length - 1; m >= 0; m--) {
    const { s, y, rho } = moves[m]!;
    const alpha = rho * dot(s, into);
    alphas[m] = alpha;
    for (let k = 0; k < into.length; k++) into[k]! -= alpha * y[k]!;
  }
  const last = moves.at(-1);
  if (!last) return;
  const scale = 1 / (last.rho * dot(last.y, last.y));
  for (let k = 0; k < into.length; k++) into[k]! *= scale;
  for (let m = 0; m < moves.length; m++) {
    const { s, y, rho } = moves[m]!;
    const beta = alphas[m]! - rho * dot(y, into);
    for (let k = 0; k < into.length; k++) into[k]! += beta * s[k]!;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}

function largest(values: Float64Array): number {
  let most = 0;
  for (let k = 0; k < values.length; k++) most = Math.max(most, Math.abs(values[k]!));
  return most;
}
