import { auditFairness, type AuditOptions } from './audit-fairness.js';
import { readTable, type TableColumns, type TableProblem, type TableRow } from './read-table.js';
import { type FairnessReport } from './report.js';

export type TableAudit = { readonly ok: true; readonly report: FairnessReport } | { readonly ok: false; readonly problems: readonly TableProblem[] };

/**
 * Audits any model's scores in a table: those with `score >= threshold` count as named.
 *
 * @returns the report, or everything that is wrong with the table by column and row
 * @example auditTable(rows, { label: 'failed', score: 'risk', groups: ['sex'], threshold: 0.5, seed: 1 })
 */
export function auditTable(rows: readonly TableRow[], options: TableColumns & AuditOptions & { readonly threshold: number }): TableAudit {
  const table = readTable(rows, options);
  if (!table.ok) return table;
  const { label: _label, score: _score, groups: _groups, person: _person, missing: _missing, ...settings } = options;
  return { ok: true, report: auditFairness({ ...table.input, ...settings }) };
}

/** One line for a person: which column, which row, what is wrong. @example 'column risk, row 3: is "high"; it must be a number' */
export const problemText = ({ column, row, problem }: TableProblem): string =>
  row === null ? `column ${column}: ${problem}` : `column ${column}, row ${row}: ${problem}`;
