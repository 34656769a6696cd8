import { type Column, type LearnerTable, type TrainingTable } from '../learner-table.js';

/** How a column becomes a predictor: centred and scaled, and an indicator of absence where absence was seen. */
export interface ColumnScale {
  readonly mean: number;
  /** Standard deviation of what is present; 0 for a column that is constant or empty, which then says nothing. */
  readonly deviation: number;
  /** Share of rows without a value; the indicator is centred on it. */
  readonly missing: number;
}

/** A column of the design: the value of feature `feature`, or the indicator that it is absent. */
export interface Predictor {
  readonly feature: number;
  readonly indicator: boolean;
}

/** The training rows as a source of standardised blocks, so that 1,000,000 × 50 never stands in memory twice. */
export interface Design {
  readonly table: TrainingTable;
  readonly scales: readonly ColumnScale[];
  readonly predictors: readonly Predictor[];
}

/** Weighted mean, deviation and missing share of each column. O(rows × features). */
export function scaleColumns(table: LearnerTable): ColumnScale[] {
  return table.columns.map((column) => {
    let present = 0;
    let total = 0;
    let sum = 0;
    for (let row = 0; row < table.rows; row++) {
      const weight = table.weight ? table.weight[row]! : 1;
      const value = column[row]!;
      total += weight;
      if (value !== value) continue;
      present += weight;
      sum += weight * value;
    }
    const mean = present > 0 ? sum / present : 0;
    let squares = 0;
    for (let row = 0; row < table.rows; row++) {
      const value = column[row]!;
      if (value === value) squares += (table.weight ? table.weight[row]! : 1) * (value - mean) ** 2;
    }
    const deviation = present > 0 ? Math.sqrt(squares / present) : 0;
    // Below rounding of the mean a column is constant, though its sum of squares is not quite zero.
    const constant = deviation <= 1e-9 * Math.abs(mean);
    return { mean, deviation: constant ? 0 : deviation, missing: total > 0 ? 1 - present / total : 0 };
  });
}

/** The predictors that can say something: no constant columns, and no indicator where all or none is absent. */
export function predictorsOf(table: LearnerTable, scales: readonly ColumnScale[]): Predictor[] {
  return scales.flatMap((scale, feature) => {
    const found: Predictor[] = [];
    if (scale.deviation > 0) found.push({ feature, indicator: false });
    const readable = table.features[feature]!.missingMeans !== 'unknown';
    if (readable && scale.missing > 1e-12 && scale.missing < 1 - 1e-12) found.push({ feature, indicator: true });
    return found;
  });
}

/** Fills `into` with predictor `predictor` of rows `from` to `to`: standardised, missing at the mean, indicators centred. */
export function fillPredictor(
  table: LearnerTable,
  scale: ColumnScale,
  predictor: Predictor,
  from: number,
  to: number,
  into: Float64Array,
  at: number,
): void {
  const column = table.columns[predictor.feature]!;
  if (predictor.indicator) {
    for (let row = from; row < to; row++) into[at++] = (column[row]! !== column[row]! ? 1 : 0) - scale.missing;
    return;
  }
  const { mean, deviation } = scale;
  const slope = deviation > 0 ? 1 / deviation : 0;
  for (let row = from; row < to; row++) {
    const value = column[row]!;
    into[at++] = value === value ? (value - mean) * slope : 0;
  }
}

/** `fillPredictor` of a feature's values, and in the same pass adds `coefficient` times each to `sums`. */
export function fillAndAdd(
  column: Column,
  { mean, deviation }: ColumnScale,
  from: number,
  count: number,
  coefficient: number,
  into: Float64Array,
  at: number,
  sums: Float64Array,
): void {
  const slope = deviation > 0 ? 1 / deviation : 0;
  for (let index = 0; index < count; index++) {
    const value = column[from + index]!;
    const scaled = value === value ? (value - mean) * slope : 0;
    into[at + index] = scaled;
    sums[index]! += coefficient * scaled;
  }
}

/** The table as a design, with columns that say nothing left out. */
export function designOf(table: TrainingTable): Design {
  const scales = scaleColumns(table);
  return { table, scales, predictors: predictorsOf(table, scales) };
}

/** The sign that monotone features ask of their coefficients. */
export function signsOf(design: Design): Int8Array {
  return Int8Array.from(design.predictors, ({ feature, indicator }) => {
    const { monotone } = design.table.features[feature]!;
    if (indicator || !monotone) return 0;
    return monotone === 'up' ? 1 : -1;
  });
}
