import { type BoostRows, type BoostTerm } from './boost.js';

/** Curvature of a row that the model is sure of is not let fall below this: its log-odds are read back from it. */
const LEAST_CURVATURE = 1e-6;

/** Gradients and curvatures of the training rows within a round. */
export class GradientState {
  readonly #rows: BoostRows;
  readonly #gradient: Float64Array;
  readonly #curvature: Float64Array;
  readonly #first: Float64Array;
  /** All rows in cell 0, for the intercept's step. */
  readonly #nowhere: Uint8Array;
  #cells: Uint8Array;
  #step: Float64Array;

  constructor(rows: BoostRows) {
    const count = rows.logOdds.length;
    this.#rows = rows;
    this.#gradient = new Float64Array(count);
    this.#curvature = new Float64Array(count);
    this.#first = new Float64Array(count);
    this.#nowhere = new Uint8Array(count);
    this.#cells = this.#nowhere;
    this.#step = new Float64Array(1);
  }

  /** Expands the loss at the present log-odds and moves the intercept to its best. @returns the intercept's step */
  refresh(): number {
    const { target, weight, logOdds } = this.#rows;
    const first = this.#first;
    const gradient = this.#gradient;
    const curvature = this.#curvature;
    let gradients = 0;
    let curvatures = 0;
    for (let row = 0; row < logOdds.length; row++) {
      const p = 1 / (1 + Math.exp(-logOdds[row]!));
      const w = weight ? weight[row]! : 1;
      const g = w * (p - target[row]!);
      const h = w * Math.max(LEAST_CURVATURE, p * (1 - p));
      gradient[row] = first[row] = g;
      curvature[row] = h;
      gradients += g;
      curvatures += h;
    }
    const shift = -gradients / curvatures;
    this.#cells = this.#nowhere;
    this.#step = Float64Array.of(shift);
    return shift;
  }

  /** Takes note of a step; it reaches the gradients in the next pass over the rows, so that each term costs one pass. */
  pending(cells: Uint8Array, step: Float64Array): void {
    this.#cells = cells;
    this.#step = step;
  }

  /** Gradient and curvature summed per cell, side by side. */
  sumInto({ training, counts }: BoostTerm): Float64Array {
    const sums = new Float64Array(4 * counts.length);
    sumCells(training, this.#cells, this.#step, this.#gradient, this.#curvature, sums);
    this.#step = new Float64Array(this.#step.length);
    return sums.subarray(0, 2 * counts.length);
  }

  /** Ends the round: what the gradients moved by, over the curvature, is what the log-odds moved by. */
  settle(): void {
    const { logOdds } = this.#rows;
    const first = this.#first;
    const gradient = this.#gradient;
    const curvature = this.#curvature;
    for (let row = 0; row < logOdds.length; row++) logOdds[row]! += (gradient[row]! - first[row]!) / curvature[row]!;
    addStep(logOdds, this.#cells, this.#step);
  }
}

/** Adds to each row the value of its cell. */
export function addStep(logOdds: Float64Array, cells: Uint8Array, step: Float64Array): void {
  for (let row = 0; row < logOdds.length; row++) logOdds[row]! += step[cells[row]!]!;
}

/**
 * The hot loop, on its own so that it is compiled for exactly these types. Even and odd rows are summed apart: two neighbours in one cell
 * would otherwise wait for each other's addition, which takes twice as long.
 *
 * @param sums two halves, for even and odd rows; the first is the result
 */
function sumCells(
  cells: Uint8Array,
  before: Uint8Array,
  step: Float64Array,
  gradient: Float64Array,
  curvature: Float64Array,
  sums: Float64Array,
): void {
  const half = sums.length / 2;
  const even = cells.length - (cells.length % 2);
  for (let row = 0; row < even; row += 2) {
    const h0 = curvature[row]!;
    const h1 = curvature[row + 1]!;
    const g0 = gradient[row]! + h0 * step[before[row]!]!;
    const g1 = gradient[row + 1]! + h1 * step[before[row + 1]!]!;
    gradient[row] = g0;
    gradient[row + 1] = g1;
    const at0 = 2 * cells[row]!;
    const at1 = half + 2 * cells[row + 1]!;
    sums[at0]! += g0;
    sums[at0 + 1]! += h0;
    sums[at1]! += g1;
    sums[at1 + 1]! += h1;
  }
  for (let row = even; row < cells.length; row++) {
    gradient[row]! += curvature[row]! * step[before[row]!]!;
    sums[2 * cells[row]!]! += gradient[row]!;
    sums[2 * cells[row]! + 1]! += curvature[row]!;
  }
  for (let at = 0; at < half; at++) sums[at]! += sums[half + at]!;
}
