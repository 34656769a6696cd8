import { softplus } from '../../log-odds.js';
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

/**
 * Logistic regression with a quadratic penalty on sparse rows: minimises the sum of log losses + lambda/2 |weights|² by L-BFGS, the intercept free. Never holds
 * a dense row. Memory: three numbers per non-zero and about 20 per column. O(steps × non-zeros).
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
  const start = new Float64Array(width + 1);
  start[width] = Math.log((wins + 0.5) / (rows - wins + 0.5));
  const objective = (at: Float64Array, gradient: Float64Array): number => {
    let loss = 0;
    gradient.fill(0);
    let interceptGradient = 0;
    for (let row = 0; row < rows; row++) {
      const to = starts[row + 1]!;
      let x = at[width]!;
      for (let k = starts[row]!; k < to; k++) x += at[columns[k]!]! * values[k]!;
      const y = target[row]!;
      loss += softplus(x) - y * x;
      const error = 1 / (1 + Math.exp(-x)) - y;
      interceptGradient += error;
      for (let k = starts[row]!; k < to; k++) gradient[columns[k]!]! += error * values[k]!;
    }
    let squares = 0;
    for (let column = 0; column < width; column++) {
      squares += at[column]! ** 2;
      gradient[column]! += lambda * at[column]!;
    }
    gradient[width] = interceptGradient;
    return loss + (lambda / 2) * squares;
  };
  const found = minimise(objective, start, { steps });
  if (!Number.isFinite(found.value)) throw new ModelError('bad-value', 'the sparse fit has no finite loss');
  return { intercept: found.at[width]!, weights: found.at.slice(0, width), steps: found.steps };
}
