import { softplus } from '../log-odds.js';
import { fillPredictor, type Design } from './design.js';

/** Rows that are standardised at a time: small enough that a block of 100 predictors stays in the second-level cache. */
const BLOCK = 512;

/** Loss and slope at a point: position 0 is the intercept, then one per predictor. */
export interface Evaluation {
  readonly loss: number;
  readonly gradient: Float64Array;
}

/**
 * Penalised negative log-likelihood, sum over rows + lambda/2 × |coefficients|² (the intercept goes free), and its gradient. O(rows × predictors).
 */
export function evaluateAt(design: Design, coefficients: Float64Array, lambda: number): Evaluation {
  const { table } = design;
  const width = design.predictors.length;
  const block = new Float64Array(BLOCK * width);
  const residual = new Float64Array(BLOCK);
  const gradient = new Float64Array(width + 1);
  let loss = 0;
  for (let from = 0; from < table.rows; from += BLOCK) {
    const to = Math.min(table.rows, from + BLOCK);
    const size = to - from;
    fillBlock(design, from, to, block);
    addUp(block, coefficients, size, width, residual);
    for (let index = 0; index < size; index++) {
      const weight = table.weight ? table.weight[from + index]! : 1;
      const target = table.target[from + index]!;
      const logOdds = residual[index]!;
      loss += weight * (softplus(logOdds) - target * logOdds);
      const error = weight * (1 / (1 + Math.exp(-logOdds)) - target);
      residual[index] = error;
      gradient[0]! += error;
    }
    for (let p = 0; p < width; p++) {
      let sum = 0;
      for (let index = 0, at = p * BLOCK; index < size; index++) sum += residual[index]! * block[at++]!;
      gradient[p + 1]! += sum;
    }
  }
  for (let p = 1; p <= width; p++) {
    loss += 0.5 * lambda * coefficients[p]! ** 2;
    gradient[p]! += lambda * coefficients[p]!;
  }
  return { loss, gradient };
}

/**
 * Second derivatives at a point, from every `stride`-th row scaled up: enough of them steer as well as all, at a fraction of the cost
 * (Byrd, Chin, Neveitt and Nocedal 2011). O(rows / stride × predictors²).
 *
 * @returns lower triangle of a (predictors + 1)² matrix, row by row
 */
export function curvatureAt(design: Design, coefficients: Float64Array, lambda: number, stride: number): Float64Array {
  const { table } = design;
  const width = design.predictors.length;
  const size = width + 1;
  const curvature = new Float64Array(size * size);
  const block = new Float64Array(BLOCK * width);
  const logOdds = new Float64Array(BLOCK);
  const weighted = new Float64Array(BLOCK);
  for (let from = 0; from < table.rows; from += BLOCK * stride) {
    const to = Math.min(table.rows, from + BLOCK);
    const count = to - from;
    fillBlock(design, from, to, block);
    addUp(block, coefficients, count, width, logOdds);
    for (let index = 0; index < count; index++) {
      const p = 1 / (1 + Math.exp(-logOdds[index]!));
      const curve = (table.weight ? table.weight[from + index]! : 1) * p * (1 - p) * stride;
      logOdds[index] = curve;
      curvature[0]! += curve;
    }
    for (let i = 0; i < width; i++) {
      let sum = 0;
      for (let index = 0, at = i * BLOCK; index < count; index++) sum += weighted[index] = logOdds[index]! * block[at++]!;
      curvature[(i + 1) * size]! += sum;
      for (let j = 0; j <= i; j++) curvature[(i + 1) * size + j + 1]! += dot(weighted, block, j * BLOCK, count);
    }
  }
  for (let i = 1; i < size; i++) curvature[i * size + i]! += lambda;
  return curvature;
}

function dot(left: Float64Array, right: Float64Array, at: number, count: number): number {
  let a = 0;
  let b = 0;
  let index = 0;
  // Two sums in flight: one alone waits for its own last addition.
  for (; index + 1 < count; index += 2) {
    a += left[index]! * right[at + index]!;
    b += left[index + 1]! * right[at + index + 1]!;
  }
  if (index < count) a += left[index]! * right[at + index]!;
  return a + b;
}

function fillBlock(design: Design, from: number, to: number, block: Float64Array): void {
  design.predictors.forEach((predictor, p) => {
    fillPredictor(design.table, design.scales[predictor.feature]!, predictor, from, to, block, p * BLOCK);
  });
}

function addUp(block: Float64Array, coefficients: Float64Array, count: number, width: number, into: Float64Array): void {
  into.fill(coefficients[0]!, 0, count);
  for (let p = 0; p < width; p++) {
    const coefficient = coefficients[p + 1]!;
    if (coefficient === 0) continue;
    for (let index = 0, at = p * BLOCK; index < count; index++) into[index]! += coefficient * block[at++]!;
  }
}
