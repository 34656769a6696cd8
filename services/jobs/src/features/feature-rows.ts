import { type LearnerTable } from '@pharos/learner-models';
import { type Cut, featureNames, learnerFeatures, type TenantWarehouse } from '@pharos/warehouse';
import { type Positions } from '@pharos/facts';
import { RecordBatchReader, type Vector } from 'apache-arrow';
import { riskFeatures } from './risk-features.js';

/** One row of the table: who, in which class, how far into it. */
export interface RowKey {
  readonly learner: string;
  readonly class: string;
  readonly term: string;
  readonly school: string;
  /** Days since the class began; negative before it. */
  readonly dayNumber: number;
}

/** Features of learners as of their classes' cuts: a table for models and, in the same order, whose rows they are. */
export interface FeatureRows {
  readonly keys: readonly RowKey[];
  readonly table: LearnerTable;
}

/**
 * Asks the warehouse for features and takes them in as columns, batch by batch (about 500 bytes a row).
 *
 * @example await readFeatures(warehouse.tenant('oulad'), [{ class: 'AAA-2014J', at: '2014-11-26T23:59:59.999Z' }])
 */
export async function readFeatures(warehouse: TenantWarehouse, cuts: readonly Cut[], positions?: Positions): Promise<FeatureRows> {
  const keys: RowKey[] = [];
  const columns: number[][] = featureNames.map(() => []);
  if (cuts.length > 0) {
    const question = learnerFeatures({ cuts, ...(positions ? { positions: positions.offsets } : {}) });
    const reader = await RecordBatchReader.from(warehouse.arrow(question, 'jobs'));
    for await (const batch of reader) {
      const column = (name: string): Vector => {
        const found = batch.getChild(name);
        if (!found) throw new TypeError(`the answer has no column ${name}`);
        return found;
      };
      const [learner, inClass, term, school, day] = ['learner', 'class', 'term', 'school', 'day_number'].map(column);
      for (let row = 0; row < batch.numRows; row += 1) {
        keys.push({
          learner: String(learner!.get(row)),
          class: String(inClass!.get(row)),
          term: String(term!.get(row)),
          school: String(school!.get(row)),
          dayNumber: Number(day!.get(row)),
        });
      }
      featureNames.forEach((name, index) => {
        const values = column(name);
        const into = columns[index]!;
        for (let row = 0; row < batch.numRows; row += 1) {
          const value: unknown = values.get(row);
          into.push(value === null ? NaN : Number(value));
        }
      });
    }
  }
  return { keys, table: asTable(keys, columns.map((column) => Float64Array.from(column))) }; // prettier-ignore
}

/** People are numbered in the order of their tokens, so that folds and resamples do not depend on the order of rows. */
function asTable(keys: readonly RowKey[], columns: readonly Float64Array[]): LearnerTable {
  const people = [...new Set(keys.map((key) => key.learner))].sort();
  const numbers = new Map(people.map((person, index) => [person, index]));
  return {
    features: riskFeatures,
    columns,
    rows: keys.length,
    group: Int32Array.from(keys, (key) => numbers.get(key.learner)!),
  };
}
