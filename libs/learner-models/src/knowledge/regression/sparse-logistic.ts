import { ModelError } from '../../model-error.js';
import { minimise } from './minimise.js';

/** Rows of few numbers among many columns, one after the other: row r holds `columns[starts[r]]` to `columns[starts[r + 1] - 1]`. */
export interface SparseRows {
  readonly rows: number;
  readonly width: number;
  readonly starts: Uint32Array;
  readonly columns: Uint32Array;
  readonly values: Float32Array;
}

/** Collects sparse rows in typed arrays that double when they are full. */
export class SparseBuilder {
  #starts = new Uint32Array(1024);
  #columns = new Uint32Array(8192);
  #values = new Float32Array(8192);
  #rows = 0;
  #used = 0;

  add(column: number, value: number): void {
    if (value === 0) return;
    if (this.#used === this.#columns.length) {
      this.#columns = grown(this.#columns, new Uint32Array(2 * this.#used));
      this.#values = grown(this.#values, new Float32Array(2 * this.#used));
    }
    this.#columns[this.#used] = column;
    this.#values[this.#used++] = value;
  }

  endRow(): void {
    if (this.#rows + 2 > this.#starts.length) this.#starts = grown(this.#starts, new Uint32Array(2 * this.#starts.length));
    this.#starts[++this.#rows] = this.#used;
  }

  build(width: number): SparseRows {
    return {
      rows: this.#rows,
      width,
      starts: this.#starts.subarray(0, this.#rows + 1),
      columns: this.#columns.subarray(0, this.#used),
      values: this.#values.subarray(0, this.#used),
    };
  }
}

function grown<T extends Uint32Array | Float32Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}

export interface SparseFit {
  readonly intercept: number;
  readonly weights: Float64Array;
  readonly steps: number;
}

/** Factors of at most 2 whose product stays finite: one logarithm then does for all of them. */
const FACTORS = 1000;

/**
 * Logistic regression with a quadratic penalty on sparse rows: minimises the sum of log losses + lambda/2 |weights|² by L-BFGS, the intercept free. Never holds
 * a dense row. Memory: three numbers per non-zero and about 20 per column. O(steps × non-zeros).
 *
 * Columns are measured in units of their own curvature (a diagonal preconditioner; Nocedal and Wright 2006, section 5.1): a count that stands in every row and an
 * item that stands in twenty are otherwise so far apart that most steps go into that.
 *
 * @throws ModelError 'too-few-rows', 'shape', 'bad-settings', or 'bad-value' where it does not settle
 */
export function fitSparseLogistic(data: SparseRows, target: Uint8Array, lambda: number, steps = 200): SparseFit {
  const { rows, width, starts, columns, values } = data;
  if (rows === 0) throw new ModelError('too-few-rows', 'there are no rows to learn from');
  if (target.length !== rows) throw new ModelError('shape', `${rows} rows have ${target.length} outcomes`);
  if (!(lambda > 0)) throw new ModelError('bad-settings', 'lambda must be a positive number');
  let wins = 0;
  for (let row = 0; row < rows; row++) wins += target[row]!;
  const unit = unitsOf(data, wins, lambda);
  const start = new Float64Array(width + 1);
  start[width] = Math.log((wins + 0.5) / (rows - wins + 0.5)) / unit[width]!;
  const weights = new Float64Array(width + 1);
  const objective = (at: Float64Array, gradient: Float64Array): number => {
    for (let column = 0; column <= width; column++) weights[column] = at[column]! * unit[column]!;
    gradient.fill(0);
    const intercept = weights[width]!;
    let loss = 0;
    let product = 1;
    let interceptGradient = 0;
    for (let row = 0; row < rows; row++) {
      const from = starts[row]!;
      const to = starts[row + 1]!;
      let x = intercept;
      for (let k = from; k < to; k++) x += weights[columns[k]!]! * values[k]!;
      // softplus(x) = max(x, 0) + ln(1 + e^-|x|), and the chance shares the exponential.
      const small = Math.exp(-Math.abs(x));
      const error = (x > 0 ? 1 : small) / (1 + small) - target[row]!;
      loss += (x > 0 ? x : 0) - target[row]! * x;
      product *= 1 + small;
      if (row % FACTORS === 0) {
        loss += Math.log(product);
        product = 1;
      }
      interceptGradient += error;
      for (let k = from; k < to; k++) gradient[columns[k]!]! += error * values[k]!;
    }
    loss += Math.log(product);
    let squares = 0;
    for (let column = 0; column < width; column++) {
      squares += weights[column]! ** 2;
      gradient[column] = (gradient[column]! + lambda * weights[column]!) * unit[column]!;
    }
    gradient[width] = interceptGradient * unit[width]!;
    return loss + (lambda / 2) * squares;
  };
  const found = minimise(objective, start, { steps });
  if (!Number.isFinite(found.value)) throw new ModelError('bad-value', 'the sparse fit has no finite loss');
  for (let column = 0; column <= width; column++) weights[column] = found.at[column]! * unit[column]!;
  return { intercept: weights[width]!, weights: weights.slice(0, width), steps: found.steps };
}

/** One over the root of each column's curvature where every chance is the base rate; the intercept's last. */
function unitsOf({ rows, width, columns, values }: SparseRows, wins: number, lambda: number): Float64Array {
  const rate = (wins + 0.5) / (rows + 1);
  const curvature = rate * (1 - rate);
  const unit = new Float64Array(width + 1);
  for (let k = 0; k < columns.length; k++) unit[columns[k]!]! += values[k]! ** 2;
  unit[width] = rows;
  for (let column = 0; column <= width; column++) unit[column] = 1 / Math.sqrt(curvature * unit[column]! + (column < width ? lambda : 0));
  return unit;
}
