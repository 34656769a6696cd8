import { parse } from 'csv-parse/sync';
import { type RosterKind } from './rows.js';

export interface FileRow {
  readonly value: unknown;
  /** Line of a CSV file, the header being 1; the n-th item of a JSON list. */
  readonly line: number;
}

export type ReadRows = { readonly ok: true; readonly rows: readonly FileRow[] } | { readonly ok: false; readonly reason: string };

/** Rows of a CSV file by the names in its header. A broken file is refused whole, with the line where it breaks. */
export function csvRows(text: string): ReadRows {
  try {
    const records = parse(text, { bom: true, columns: true, info: true, skip_empty_lines: true, trim: true }) as unknown as {
      record: unknown;
      info: { lines: number };
    }[];
    return { ok: true, rows: records.map(({ record, info }) => ({ value: record, line: info.lines })) };
  } catch (error) {
    const { lines, code } = error as { readonly lines?: number; readonly code?: string };
    if (code === undefined) throw error;
    // The parser's message quotes the line, which may name people.
    return { ok: false, reason: `The file is not CSV: ${code.toLowerCase().replaceAll('_', ' ')} at line ${lines ?? 1}.` };
  }
}

/** A list of rows, plain or as OneRoster wraps it: `{ "users": [ … ] }`. */
export function jsonRows(kind: RosterKind, value: unknown): ReadRows {
  const wrapped = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[kind] : undefined;
  const list = Array.isArray(value) ? (value as readonly unknown[]) : wrapped;
  if (!Array.isArray(list)) return { ok: false, reason: `The body must be an array, or an object with the array ${kind}.` };
  return { ok: true, rows: list.map((row: unknown, index) => ({ value: row, line: index + 1 })) };
}
