import { reweigh } from '@pharos/fairness';
import { type FairnessPolicy } from '@pharos/registry';
import { type KnownAttribute } from '@pharos/warehouse';
import { groupOf } from './declared-groups.js';
import { type LabelledRows } from './target.js';

export type Change = NonNullable<FairnessPolicy['mitigation']>;

/**
 * Training rows under a change that a person chose, or that is tried as a what-if: weights under which group and outcome are independent
 * (Kamiran & Calders 2012), or rows in which some features say nothing. Other changes leave the rows as they are. O(rows).
 *
 * A feature that is left out is constant in training, so the model gives it no weight, and scores are explained as ever.
 */
export function mitigated(rows: LabelledRows, change: Change | null, declared: readonly KnownAttribute[]): LabelledRows {
  if (change === null) return rows;
  switch (change.kind) {
    case 'reweighing': {
      const { weights } = reweigh(rows.table.target, groupOf(rows.keys, declared, change.attribute));
      return { ...rows, table: { ...rows.table, weight: weights } };
    }
    case 'fewer-features': {
      const without = new Set(change.without);
      const columns = rows.table.columns.map((column, index) =>
        without.has(rows.table.features[index]!.name) ? new Float64Array(column.length) : column,
      );
      return { ...rows, table: { ...rows.table, columns } };
    }
    case 'thresholds':
    case 'rule':
      return rows;
    default:
      return change.kind satisfies never;
  }
}
