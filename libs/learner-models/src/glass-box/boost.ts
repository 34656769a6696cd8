import { softplus } from '../log-odds.js';
import { type Random } from '../random.js';

/** One addend that is boosted: a feature or a pair, as cells that each row falls into. */
export interface BoostTerm {
  readonly training: Uint8Array;
  readonly validation: Uint8Array;
  /** Training rows of each cell. */
  readonly counts: Float64Array;
  /** Fills `into` with a small tree's value per cell; false when it has nothing to say. */
  readonly update: (sums: Float64Array, counts: Float64Array, into: Float64Array) => boolean;
}

/** Rows of one side: outcomes, weights, and the log-odds so far, which boosting moves. */
export interface BoostRows {
  readonly target: Uint8Array;
  readonly weight: Float64Array | undefined;
  readonly logOdds: Float64Array;
}

export interface BoostSettings {
  readonly learningRate: number;
  readonly rounds: number;
  readonly patience: number;
}

export interface Boosted {
  /** Per term the value of each cell, at the round with the lowest held-out loss. */
  readonly tables: readonly Float64Array[];
  readonly intercept: number;
  readonly rounds: number;
  readonly validationLoss: number;
}

/** Curvature of a row that the model is sure of is not let fall below this: its log-odds are read back from it. */
const LEAST_CURVATURE = 1e-6;

/**
 * Cyclic boosting (Lou, Caruana and Gehrke 2012): round after round each term adds a small tree, so that correlated terms share
 * what they explain. Within a round the log loss is replaced by its second-order expansion at the round's start: gradients are then moved along
 * by curvature × step, without an exponential per term. O(rounds × terms × rows).
 *
 * @param training its log-odds are moved to the last round, not to the best one: do not read them afterwards
 * @param validation rows of other persons, which decide when to stop; likewise moved
 */
export function boost(
  terms: readonly BoostTerm[],
  training: BoostRows,
  validation: BoostRows,
  settings: BoostSettings,
  random: Random,
): Boosted {
  const tables = terms.map(({ counts }) => new Float64Array(counts.length));
  let intercept = 0;
  let best: Boosted = { tables: tables.map((table) => table.slice()), intercept, rounds: 0, validationLoss: meanLoss(validation) };
  const state = new GradientState(training);
  const order = terms.map((_, index) => index);
  for (let round = 1; round <= settings.rounds && round - best.rounds <= settings.patience; round++) {
    const shift = state.refresh();
    intercept += shift;
    addTo(validation.logOdds, shift);
    shuffle(order, random);
    for (const index of order) {
      const term = terms[index]!;
      const step = new Float64Array(term.counts.length);
      if (!term.update(state.sumInto(term), term.counts, step)) continue;
      for (let cell = 0; cell < step.length; cell++) tables[index]![cell]! += step[cell]! *= settings.learningRate;
      state.pending(term.training, step);
      addStep(validation.logOdds, term.validation, step);
    }
    state.settle();
    const validationLoss = meanLoss(validation);
    if (validationLoss < best.validationLoss) {
      best = { tables: tables.map((table) => table.slice()), intercept, rounds: round, validationLoss };
    }
  }
  return best;
}

/** Gradients and curvatures of the training rows within a round. */
class GradientState {
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

function addStep(logOdds: Float64Array, cells: Uint8Array, step: Float64Array): void {
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

/** Mean log loss of rows at their log-odds. */
export function meanLoss({ target, weight, logOdds }: BoostRows): number {
  let sum = 0;
  let all = 0;
  for (let row = 0; row < logOdds.length; row++) {
    const w = weight ? weight[row]! : 1;
    all += w;
    sum += w * (softplus(logOdds[row]!) - target[row]! * logOdds[row]!);
  }
  return all > 0 ? sum / all : 0;
}

function addTo(values: Float64Array, shift: number): void {
  for (let row = 0; row < values.length; row++) values[row]! += shift;
}

function shuffle(order: number[], random: Random): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = random.integer(at + 1);
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
}
