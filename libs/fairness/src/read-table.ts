import { type AuditInput } from './sample.js';

/** Which columns of a table mean what. */
export interface TableColumns {
  readonly label: string;
  readonly score: string;
  readonly groups: readonly string[];
  /** Column with the person; without it every row is a person of its own. */
  readonly person?: string;
  /** Column with another score of the same rows, for example the rule's: what using it instead would change is told. */
  readonly other?: string;
  /** Column with the weeks from the first naming to the outcome; empty where nobody was named. */
  readonly weeks?: string;
  /** Texts that stand for a missing value; default: the empty text and `?`. */
  readonly missing?: readonly string[];
}

/** One thing that is wrong with a table. `row` counts data rows from 1 (the line under the header); null where a whole column is meant. */
export interface TableProblem {
  readonly column: string;
  readonly row: number | null;
  readonly problem: string;
}

export type TableRow = Readonly<Record<string, unknown>>;
export type TableInput = Omit<AuditInput, 'flagged' | 'threshold'> & { readonly other: Float64Array | null; readonly weeks: readonly (number | null)[] | null };
export type ReadTable = { readonly ok: true; readonly input: TableInput } | { readonly ok: false; readonly problems: readonly TableProblem[] };

const truths = new Map<string, 0 | 1>([
  ['1', 1],
  ['true', 1],
  ['0', 0],
  ['false', 0],
]);

const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : '';
};

const shown = (text: string): string => (text === '' ? 'empty' : `"${text}"`);

const absentColumns = (rows: readonly TableRow[], columns: TableColumns): TableProblem[] => {
  const present = new Set(Object.keys(rows[0] ?? {}));
  const wanted = [columns.label, columns.score, ...columns.groups, ...[columns.person, columns.other, columns.weeks].filter((name) => name !== undefined)];
  const known = [...present].join(', ');
  return wanted.filter((column) => !present.has(column)).map((column) => ({ column, row: null, problem: `there is no such column; the table has ${known || 'no rows'}` }));
};

/**
 * Reads the rows of a parsed CSV (or any table of texts, numbers and booleans) into what the audit takes.
 * Every problem is reported with its column and row, not only the first. O(rows × columns).
 *
 * @example readTable([{ failed: '1', risk: '0.8', sex: 'F' }], { label: 'failed', score: 'risk', groups: ['sex'] })
 */
export function readTable(rows: readonly TableRow[], columns: TableColumns): ReadTable {
  const absent = absentColumns(rows, columns);
  if (absent.length > 0) return { ok: false, problems: absent };
  const problems: TableProblem[] = [];
  const missing = new Set(columns.missing ?? ['', '?']);

  const label = rows.map((row, index) => {
    const text = textOf(row[columns.label]).toLowerCase();
    const truth = truths.get(text);
    if (truth === undefined) problems.push({ column: columns.label, row: index + 1, problem: `is ${shown(text)}; it must be 0 or 1 (or false, true)` });
    return truth ?? 0;
  });
  const numberIn = (column: string, row: TableRow, index: number): number => {
    const text = textOf(row[column]);
    const value = text === '' ? Number.NaN : Number(text);
    if (!Number.isFinite(value)) problems.push({ column, row: index + 1, problem: `is ${shown(text)}; it must be a number` });
    return value;
  };
  const score = Float64Array.from(rows, (row, index) => numberIn(columns.score, row, index));
  const { other: otherColumn, weeks: weeksColumn } = columns;
  const other = otherColumn === undefined ? null : Float64Array.from(rows, (row, index) => numberIn(otherColumn, row, index));
  const weeks = weeksColumn === undefined ? null : rows.map((row, index) => (missing.has(textOf(row[weeksColumn])) ? null : numberIn(weeksColumn, row, index)));
  const person = rows.map((row, index) => {
    if (columns.person === undefined) return index;
    const text = textOf(row[columns.person]);
    if (text === '') problems.push({ column: columns.person, row: index + 1, problem: 'is empty; each row needs its person' });
    return text;
  });
  if (problems.length > 0) return { ok: false, problems };

  const valueOf = (row: TableRow, column: string): string | null => {
    const text = textOf(row[column]);
    return missing.has(text) ? null : text;
  };
  const groups = Object.fromEntries(columns.groups.map((column) => [column, rows.map((row) => valueOf(row, column))]));
  return { ok: true, input: { label, score, groups, person, other, weeks } };
}
