import { auditFairness, type AuditOptions } from './audit-fairness.js';
import { leadTimes, type LeadTimeReport } from './lead-time/lead-time.js';
import { mitigationsOf } from './mitigation/mitigations.js';
import { readTable, type TableColumns, type TableInput, type TableProblem, type TableRow } from './read-table.js';
import { type AuditRecord } from './report.js';

export type TableAudit =
  | { readonly ok: true; readonly report: AuditRecord & { readonly leadTimes: LeadTimeReport | null } }
  | { readonly ok: false; readonly problems: readonly TableProblem[] };

/**
 * Audits any model's scores in a table: those with `score >= threshold` count as named. With it what could be changed about them, and,
 * where the table has weeks, how early each group was named.
 *
 * @returns the report, or everything that is wrong with the table by column and row
 * @example auditTable(rows, { label: 'failed', score: 'risk', groups: ['sex'], threshold: 0.5, seed: 1 })
 */
export function auditTable(rows: readonly TableRow[], options: TableColumns & AuditOptions & { readonly threshold: number }): TableAudit {
  const table = readTable(rows, options);
  if (!table.ok) return table;
  const { label: _label, score: _score, groups: _groups, person: _person, missing: _missing, other: _other, weeks: _weeks, ...settings } = options;
  const { other, weeks, ...input } = table.input;
  const report = auditFairness({ ...input, ...settings });
  const { minimumGroup } = report.settings;
  const others = other === null ? [] : [{ kind: 'rule' as const, attribute: null, score: other }];
  const mitigations = mitigationsOf({ ...input, threshold: options.threshold, others, minimumGroup });
  return { ok: true, report: { ...report, mitigations, leadTimes: weeks === null ? null : leadOf(input, weeks, report.settings) } };
}

/** Lead times of the rows with the outcome. */
function leadOf(
  { label, groups, person }: Omit<TableInput, 'other' | 'weeks'>,
  weeks: readonly (number | null)[],
  { seed, resamples, level, minimumGroup }: { readonly seed: number; readonly resamples: number; readonly level: number; readonly minimumGroup: number },
): LeadTimeReport | null {
  const rows = [...weeks.keys()].filter((row) => label[row] === 1);
  if (rows.length === 0) return null;
  const chosen = Object.fromEntries(Object.entries(groups).map(([name, values]) => [name, rows.map((row) => values[row]!)]));
  return leadTimes({ weeks: rows.map((row) => weeks[row]!), groups: chosen, person: rows.map((row) => person[row]!), seed, resamples, level, minimumGroup });
}

/** One line for a person: which column, which row, what is wrong. @example 'column risk, row 3: is "high"; it must be a number' */
export const problemText = ({ column, row, problem }: TableProblem): string =>
  row === null ? `column ${column}: ${problem}` : `column ${column}, row ${row}: ${problem}`;
