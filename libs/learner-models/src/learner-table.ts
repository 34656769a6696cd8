import { ModelError } from './model-error.js';

/** One thing known about a learner as of a day. */
export interface FeatureSpec {
  readonly name: string;
  /** The kind of evidence ('work', 'activity', …), for ablations and for grouping reasons. */
  readonly family: string;
  /** 'up': a higher value never lowers the risk; 'down': a higher value never raises it. Missing values are exempt. */
  readonly monotone?: 'up' | 'down';
  /** 'unknown': nothing may be read into the value's absence, so it moves no model. By default a model may learn from absence. */
  readonly missingMeans?: 'unknown';
}

export type Column = Float64Array | Float32Array;

/** Rows to score: one typed array per feature, in the order of `features`; NaN means missing. */
export interface LearnerTable {
  readonly features: readonly FeatureSpec[];
  readonly columns: readonly Column[];
  readonly rows: number;
  /** 1 where the outcome that is warned of came about, 0 where not. */
  readonly target?: Uint8Array | Float64Array;
  /** Person number: all rows of one person stay in one fold and are resampled together. */
  readonly group?: Int32Array;
  /** Course of each row, for models that tell courses apart. */
  readonly course?: readonly string[];
  /** What was declared of each row, by attribute; null where nothing was. Never a protected attribute. */
  readonly declared?: Readonly<Record<string, readonly (string | null)[]>>;
  /** Class of each row by number: rows that share a teacher, a term and its tasks. */
  readonly block?: Int32Array;
  /** When the row was known, in any unit that grows: what splits earlier from later data. */
  readonly time?: Float64Array;
  /** Non-negative weight of each row; 1 where absent. */
  readonly weight?: Float64Array;
}

/** A table whose outcomes are known and checked. */
export interface TrainingTable extends LearnerTable {
  readonly target: Uint8Array;
}

/**
 * Checks that the arrays agree in length and hold numbers. O((to - from) × features).
 *
 * @param from first row whose values are checked, and `to` the row to stop before: all of them by default
 * @throws ModelError 'shape' or 'bad-value', naming the feature
 */
export function checkTable(table: LearnerTable, from = 0, to = table.rows): void {
  if (table.columns.length !== table.features.length) {
    throw new ModelError('shape', `${table.features.length} features are named but ${table.columns.length} columns given`);
  }
  const names = new Set(table.features.map((feature) => feature.name));
  if (names.size !== table.features.length) throw new ModelError('shape', 'two features have the same name');
  table.columns.forEach((column, index) => checkColumn(column, table.features[index]!.name, table.rows, from, to));
  for (const [name, values] of Object.entries({
    group: table.group,
    time: table.time,
    weight: table.weight,
    course: table.course,
    block: table.block,
  })) {
    if (values !== undefined && values.length !== table.rows) {
      throw new ModelError('shape', `${name} has ${values.length} values for ${table.rows} rows`);
    }
  }
  if (table.weight?.some((weight) => !(weight >= 0 && weight < Infinity))) {
    throw new ModelError('bad-value', 'a weight is negative, infinite or missing');
  }
}

function checkColumn(column: Column, name: string, rows: number, from: number, to: number): void {
  if (column.length !== rows) throw new ModelError('shape', `feature ${name} has ${column.length} values for ${rows} rows`);
  for (let row = from; row < to; row++) {
    const value = column[row]!;
    if (value === Infinity || value === -Infinity) throw new ModelError('bad-value', `feature ${name} is infinite in row ${row}`);
  }
}

/**
 * The table as training data; rows of weight 0 are left out.
 *
 * @param fewestPerClass how many rows of each outcome the model asks for
 * @throws ModelError 'no-target', 'bad-target' (missing or not 0/1), 'too-few-rows', 'single-class' and what `checkTable` throws
 */
export function asTraining(table: LearnerTable, fewestPerClass = 5): TrainingTable {
  checkTable(table);
  const { target } = table;
  if (!target) throw new ModelError('no-target', 'outcomes are needed to fit, and the table has none');
  if (target.length !== table.rows) throw new ModelError('shape', `${target.length} outcomes for ${table.rows} rows`);
  let positives = 0;
  for (let row = 0; row < table.rows; row++) {
    const value = target[row]!;
    if (value !== 0 && value !== 1) throw new ModelError('bad-target', `the outcome of row ${row} is ${value}; it must be 0 or 1`);
    if (!table.weight || table.weight[row]! > 0) positives += value;
  }
  const weighed = table.weight ? table.weight.reduce((count, weight) => count + (weight > 0 ? 1 : 0), 0) : table.rows;
  if (weighed < 2 * fewestPerClass) {
    throw new ModelError('too-few-rows', `${weighed} rows are too few to fit; at least ${2 * fewestPerClass} are needed`);
  }
  if (positives === 0 || positives === weighed) {
    throw new ModelError('single-class', `all ${weighed} outcomes are ${positives ? 1 : 0}; both must occur`);
  }
  if (Math.min(positives, weighed - positives) < fewestPerClass) {
    throw new ModelError('too-few-rows', `an outcome occurs in fewer than ${fewestPerClass} rows (${positives} of ${weighed} are 1)`);
  }
  const training = { ...table, target: target instanceof Uint8Array ? target : Uint8Array.from(target) };
  return weighed === table.rows
    ? training
    : selectRows(
        training,
        rowsWhere(table.rows, (row) => table.weight![row]! > 0),
      );
}

/**
 * Refuses to score columns in another order than the model learned: a silent swap would give plausible nonsense.
 *
 * @throws ModelError 'features-differ', naming the first difference
 */
export function checkSameFeatures(learned: readonly FeatureSpec[], given: readonly FeatureSpec[]): void {
  const length = Math.max(learned.length, given.length);
  for (let index = 0; index < length; index++) {
    const expected = learned[index]?.name ?? 'nothing';
    const found = given[index]?.name ?? 'nothing';
    if (expected !== found) throw new ModelError('features-differ', `feature ${index} must be ${expected} but is ${found}`);
  }
}

/**
 * The chosen rows as a table of their own, in the order given (a row may be chosen twice).
 *
 * @example selectRows(table, Uint32Array.of(2, 0)).rows // => 2
 */
export function selectRows<T extends LearnerTable>(table: T, rows: Uint32Array): T {
  return {
    ...table,
    rows: rows.length,
    columns: table.columns.map((column) => (column instanceof Float64Array ? pick(column, rows) : pick(column, rows))),
    ...(table.target && { target: table.target instanceof Uint8Array ? pick(table.target, rows) : pick(table.target, rows) }),
    ...(table.group && { group: pick(table.group, rows) }),
    ...(table.course && { course: Array.from(rows, (row) => table.course![row]!) }),
    ...(table.declared && {
      declared: Object.fromEntries(Object.entries(table.declared).map(([name, values]) => [name, Array.from(rows, (row) => values[row]!)])),
    }),
    ...(table.block && { block: pick(table.block, rows) }),
    ...(table.time && { time: pick(table.time, rows) }),
    ...(table.weight && { weight: pick(table.weight, rows) }),
  };
}

interface Numbers<T> {
  readonly length: number;
  [index: number]: number;
  slice(from: number, to: number): T;
}

function pick<T extends Numbers<T>>(values: T, rows: Uint32Array): T {
  const { constructor } = values as unknown as { constructor: new (length: number) => T };
  const picked = new constructor(rows.length);
  for (let index = 0; index < rows.length; index++) picked[index] = values[rows[index]!]!;
  return picked;
}

/** The rows for which `keep` holds, in order. */
export function rowsWhere(count: number, keep: (row: number) => boolean): Uint32Array {
  const rows = new Uint32Array(count);
  let found = 0;
  for (let row = 0; row < count; row++) if (keep(row)) rows[found++] = row;
  return rows.slice(0, found);
}
