import { type Column, type TrainingTable } from '../learner-table.js';
import { softplus } from '../log-odds.js';
import { fillAndAdd, fillPredictor, type Design } from './design.js';

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
    fillLogOdds(design, coefficients, from, to, block, residual);
    loss += lossToErrors(table.target, table.weight, from, size, residual);
    let blockError = 0;
    for (let index = 0; index < size; index++) blockError += residual[index]!;
    gradient[0]! += blockError;
    design.predictors.forEach(({ feature, indicator }, p) => {
      gradient[p + 1]! += indicator
        ? sumMissing(table.columns[feature]!, from, size, residual) - design.scales[feature]!.missing * blockError
        : dot(residual, block, p * BLOCK, size);
    });
  }
  for (let p = 1; p <= width; p++) {
    loss += 0.5 * lambda * coefficients[p]! ** 2;
    gradient[p]! += lambda * coefficients[p]!;
  }
  return { loss, gradient };
}

/** Factors 1 + e^-|x| whose product a logarithm is taken of at once: 64 of them stay under 2^64. */
const FACTORS = 64;

/**
 * Replaces log-odds by their errors p - y (times weight). One exponential a row serves loss and error.
 *
 * @returns the summed log loss
 */
function lossToErrors(target: Uint8Array, weight: TrainingTable['weight'], from: number, size: number, residual: Float64Array): number {
  let loss = 0;
  if (weight) {
    for (let index = 0; index < size; index++) {
      const [logOdds, y, w] = [residual[index]!, target[from + index]!, weight[from + index]!];
      loss += w * (softplus(logOdds) - y * logOdds);
      residual[index] = w * (1 / (1 + Math.exp(-logOdds)) - y);
    }
    return loss;
  }
  for (let start = 0; start < size; start += FACTORS) {
    let product = 1;
    const end = Math.min(size, start + FACTORS);
    for (let index = start; index < end; index++) {
      const logOdds = residual[index]!;
      const y = target[from + index]!;
      const factor = 1 + Math.exp(logOdds > 0 ? -logOdds : logOdds);
      product *= factor;
      loss += (logOdds > 0 ? logOdds : 0) - y * logOdds;
      residual[index] = (logOdds > 0 ? 1 / factor : 1 - 1 / factor) - y;
    }
    loss += Math.log(product);
  }
  return loss;
}

/** Rows of a block from which curvature is taken: short, so that a sample reaches into every part of a sorted table. */
const CURVATURE_BLOCK = 64;

/**
 * Second derivatives at a point, from about `most` rows spread over the table and scaled up: they steer as well as all, at a fraction of the
 * cost (Byrd, Chin, Neveitt and Nocedal 2011). O(most × predictors²).
 *
 * @returns lower triangle of a (predictors + 1)² matrix, row by row
 */
export function curvatureAt(design: Design, coefficients: Float64Array, lambda: number, most: number): Float64Array {
  const { table } = design;
  const width = design.predictors.length;
  const size = width + 1;
  const curvature = new Float64Array(size * size);
  const block = new Float64Array(BLOCK * width);
  const curves = new Float64Array(BLOCK);
  const weighted = new Float64Array(BLOCK);
  const stride = Math.max(1, Math.floor(table.rows / most));
  let sampled = 0;
  for (let from = 0; from < table.rows; from += CURVATURE_BLOCK * stride) {
    const to = Math.min(table.rows, from + CURVATURE_BLOCK);
    const count = to - from;
    sampled += count;
    fillBlock(design, from, to, block);
    addUp(block, coefficients, count, width, curves);
    for (let index = 0; index < count; index++) {
      const p = 1 / (1 + Math.exp(-curves[index]!));
      curves[index] = (table.weight ? table.weight[from + index]! : 1) * p * (1 - p);
      curvature[0]! += curves[index]!;
    }
    for (let i = 0; i < width; i++) {
      let sum = 0;
      for (let index = 0, at = i * BLOCK; index < count; index++) sum += weighted[index] = curves[index]! * block[at++]!;
      const line = (i + 1) * size;
      curvature[line]! += sum;
      for (let j = 0; j <= i; j++) curvature[line + j + 1]! += dot(weighted, block, j * BLOCK, count);
    }
  }
  const scale = table.rows / sampled;
  for (let at = 0; at < curvature.length; at++) curvature[at]! *= scale;
  for (let i = 1; i < size; i++) curvature[i * size + i]! += lambda;
  return curvature;
}

function dot(left: Float64Array, right: Float64Array, at: number, count: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let index = 0;
  // Four sums in flight: one alone waits for its own last addition.
  for (; index + 3 < count; index += 4, at += 4) {
    a += left[index]! * right[at]!;
    b += left[index + 1]! * right[at + 1]!;
    c += left[index + 2]! * right[at + 2]!;
    d += left[index + 3]! * right[at + 3]!;
  }
  for (; index < count; index++, at++) a += left[index]! * right[at]!;
  return a + b + (c + d);
}

/** Log-odds of a block. Its standardised values stay behind in `block`; indicators are not written out, since few rows have them. */
function fillLogOdds(design: Design, coefficients: Float64Array, from: number, to: number, block: Float64Array, into: Float64Array): void {
  into.fill(coefficients[0]!, 0, to - from);
  design.predictors.forEach((predictor, p) => {
    const scale = design.scales[predictor.feature]!;
    const coefficient = coefficients[p + 1]!;
    if (predictor.indicator) {
      addMissing(design.table.columns[predictor.feature]!, from, to - from, coefficient, scale.missing, into);
    } else {
      fillAndAdd(design.table.columns[predictor.feature]!, scale, from, to - from, coefficient, block, p * BLOCK, into);
    }
  });
}

function addMissing(column: Column, from: number, count: number, coefficient: number, share: number, into: Float64Array): void {
  const present = -coefficient * share;
  const absent = coefficient * (1 - share);
  for (let index = 0; index < count; index++) {
    const value = column[from + index]!;
    into[index]! += value === value ? present : absent;
  }
}

function sumMissing(column: Column, from: number, count: number, values: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < count; index++) {
    const value = column[from + index]!;
    if (value !== value) sum += values[index]!;
  }
  return sum;
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
    addScaled(block, p * BLOCK, coefficient, count, into);
  }
}

function addScaled(block: Float64Array, at: number, coefficient: number, count: number, into: Float64Array): void {
  for (let index = 0; index < count; index++) into[index]! += coefficient * block[at + index]!;
}
