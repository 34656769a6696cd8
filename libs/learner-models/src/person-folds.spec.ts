import { describe, expect, it } from '@jest/globals';
import { makeCheckTable } from './checks/check-table.js';
import { selectRows } from './learner-table.js';
import { personFolds } from './person-folds.js';

describe('personFolds', () => {
  const table = makeCheckTable(1000);
  const fold = personFolds(table, 5, 1);

  it('keeps all rows of a person together', () => {
    fold.forEach((f, row) => expect(f).toBe(fold[table.group!.indexOf(table.group![row]!)]));
  });
  it('makes folds of about equal size and base rate', () => {
    for (let held = 0; held < 5; held++) {
      const rows = [...fold.keys()].filter((row) => fold[row] === held);
      expect(Math.abs(rows.length - 200)).toBeLessThanOrEqual(4);
    }
  });
  it('does not depend on the order of rows, with persons or without', () => {
    const reversed = Uint32Array.from({ length: 1000 }, (_, row) => 999 - row);
    expect(personFolds(selectRows(table, reversed), 5, 1)).toEqual(fold.toReversed());
    const { group: _, ...anonymous } = table;
    expect(personFolds(selectRows(anonymous, reversed), 5, 1)).toEqual(personFolds(anonymous, 5, 1).toReversed());
  });
  it('changes with the seed', () => expect(personFolds(table, 5, 2)).not.toEqual(fold));
});
