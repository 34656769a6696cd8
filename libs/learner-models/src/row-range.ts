import { type LearnerTable } from './learner-table.js';
import { ModelError } from './model-error.js';
import { type PredictOptions } from './risk-model.js';

/** The range of rows to score. @throws ModelError 'shape' when it does not lie within the table */
export function rowRange(table: LearnerTable, options: PredictOptions): { from: number; to: number } {
  const { from = 0, to = table.rows } = options;
  if (!(from >= 0 && from <= to && to <= table.rows)) {
    throw new ModelError('shape', `rows ${from} to ${to} do not lie within a table of ${table.rows}`);
  }
  return { from, to };
}
