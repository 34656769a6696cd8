import { describe, expect, it } from '@jest/globals';
import { auditTable, problemText } from './index.js';

const columns = { label: 'failed', score: 'risk', groups: ['sex'], threshold: 0.5, seed: 1, resamples: 10, minimumGroup: 1 };

describe('auditing a table', () => {
  it('takes texts, numbers and booleans as a CSV or JSON gives them', () => {
    const rows = [
      { failed: '1', risk: '0.8', sex: 'F' },
      { failed: true, risk: 0.4, sex: ' F ' },
      { failed: '0', risk: '0.1', sex: '' },
      { failed: 'FALSE', risk: '.9', sex: '?' },
    ];
    const audit = auditTable(rows, columns);
    if (!audit.ok) throw new Error(audit.problems.map(problemText).join('; '));
    expect(audit.report.attributes[0]!.groups.map(({ group, metrics }) => [group, metrics.tpr.value, metrics.fpr.value])).toEqual([
      ['F', 0.5, null],
      ['not declared', null, 0.5],
    ]);
  });

  it('names column and row of every problem', () => {
    const rows = [
      { failed: '1', risk: '0.8', sex: 'F', id: 'a' },
      { failed: 'maybe', risk: 'high', sex: 'F', id: '' },
      { failed: '', risk: '', sex: 'M', id: 'c' },
    ];
    const audit = auditTable(rows, { ...columns, person: 'id' });
    expect(audit.ok ? [] : audit.problems.map(problemText)).toEqual([
      'column failed, row 2: is "maybe"; it must be 0 or 1 (or false, true)',
      'column failed, row 3: is empty; it must be 0 or 1 (or false, true)',
      'column risk, row 2: is "high"; it must be a number',
      'column risk, row 3: is empty; it must be a number',
      'column id, row 2: is empty; each row needs its person',
    ]);
  });

  it('says which columns there are when one is missing', () => {
    const audit = auditTable([{ failed: 1, score: 0.2, sex: 'F' }], columns);
    expect(audit.ok ? [] : audit.problems.map(problemText)).toEqual(['column risk: there is no such column; the table has failed, score, sex']);
  });

  it('refuses a table without rows', () => {
    expect(auditTable([], columns).ok).toBe(false);
  });
});
