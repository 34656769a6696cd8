import { type LearnerTable } from '@pharos/learner-models';
import {
  type Cut,
  type FeatureName,
  featureNames,
  learnerFeatures,
  type OpenAttribute,
  openAttributes,
  type TenantWarehouse,
} from '@pharos/warehouse';
import { type Positions } from '@pharos/facts';
import { RecordBatchReader, type Vector } from 'apache-arrow';
import { relativeColumns } from './relative-features.js';
import { riskFeatures } from './risk-features.js';

/** One row of the table: who, in which class, how far into it. */
export interface RowKey {
  readonly learner: string;
  readonly class: string;
  readonly term: string;
  readonly course: string;
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
  const scope = { cuts, ...(positions ? { positions: positions.offsets } : {}) };
  if (cuts.length > 0) {
    const question = learnerFeatures(scope);
    const reader = await RecordBatchReader.from(warehouse.arrow(question, 'jobs'));
    for await (const batch of reader) {
      const column = (name: string): Vector => {
        const found = batch.getChild(name);
        if (!found) throw new TypeError(`the answer has no column ${name}`);
        return found;
      };
      const [learner, inClass, term, course, school, day] = ['learner', 'class', 'term', 'course', 'school', 'day_number'].map(column);
      for (let row = 0; row < batch.numRows; row += 1) {
        keys.push({
          learner: String(learner!.get(row)),
          class: String(inClass!.get(row)),
          term: String(term!.get(row)),
          course: String(course!.get(row)),
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
  const known = new Map(featureNames.map((name, index) => [name, columns[index]!]));
  const declared = cuts.length > 0 ? declaredOf(keys, cuts, await warehouse.ask(openAttributes(scope), 'jobs')) : {};
  return asFeatureRows(keys, (name) => Float64Array.from(known.get(name)!), declared);
}

/**
 * A table in the order of the models' features, with what is told relative to the classmates filled in.
 *
 * @param columnOf the values of one of the warehouse's features, NaN where they are not known
 */
export function asFeatureRows(
  keys: readonly RowKey[],
  columnOf: (name: FeatureName) => Float64Array,
  declared: NonNullable<LearnerTable['declared']> = {},
): FeatureRows {
  const absolute = new Map(featureNames.map((name) => [name, columnOf(name)]));
  const columns = [...absolute.values(), ...relativeColumns(keys, (name) => absolute.get(name)!)];
  return { keys, table: { ...asTable(keys, columns), declared } };
}

/** What had been declared of each row by its class's cut, for the class before that for the learner as a whole; the last word counts. */
function declaredOf(keys: readonly RowKey[], cuts: readonly Cut[], open: readonly OpenAttribute[]): NonNullable<LearnerTable['declared']> {
  const cutOf = new Map(cuts.map((cut) => [cut.class, Date.parse(cut.at)]));
  const said = Map.groupBy(open, (one) => JSON.stringify([one.attribute, one.learner, one.class]));
  const last = (attribute: string, learner: string, inClass: string, cut: number): string | undefined =>
    said.get(JSON.stringify([attribute, learner, inClass]))?.findLast(({ knownAt }) => knownAt <= cut)?.value;
  const names = [...new Set(open.map((one) => one.attribute))].sort();
  return Object.fromEntries(
    names.map((name) => [
      name,
      keys.map(({ learner, class: inClass }) => {
        const cut = cutOf.get(inClass) ?? -Infinity;
        return last(name, learner, inClass, cut) ?? last(name, learner, '', cut) ?? null;
      }),
    ]),
  );
}

function asTable(keys: readonly RowKey[], columns: readonly Float64Array[]): LearnerTable {
  return {
    features: riskFeatures,
    columns,
    rows: keys.length,
    group: numbered(keys.map((key) => key.learner)),
    course: keys.map((key) => key.course),
    block: numbered(keys.map((key) => key.class)),
  };
}

/** People and classes are numbered in the order of their names, so that folds and resamples do not depend on the order of rows. */
function numbered(names: readonly string[]): Int32Array {
  const numbers = new Map([...new Set(names)].sort().map((name, index) => [name, index]));
  return Int32Array.from(names, (name) => numbers.get(name)!);
}
