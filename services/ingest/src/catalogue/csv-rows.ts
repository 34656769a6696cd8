import { parse } from 'csv-parse/sync';
import { UnreadableTable } from '../oulad/read-table.js';

export interface CsvRow {
  /** Line of the file, the header being 1. */
  readonly line: number;
  /** The trimmed text of a column; empty where there is none. */
  readonly cell: (column: string) => string;
}

/**
 * Rows of a small CSV with a header.
 *
 * @param needed columns that must be there and filled in each row
 * @throws UnreadableTable naming line and column
 */
export function rowsOfCsv(text: string, needed: readonly string[]): readonly CsvRow[] {
  let records: string[][];
  try {
    records = parse(text, { bom: true, skip_empty_lines: true, relax_column_count: true, trim: true });
  } catch (error) {
    throw new UnreadableTable(`this is no CSV: ${(error as Error).message}`);
  }
  const [header = [], ...rows] = records;
  const places = new Map(header.map((name, at) => [name.toLowerCase(), at]));
  const missing = needed.filter((name) => !places.has(name));
  if (missing.length > 0) throw new UnreadableTable(`line 1: columns missing: ${missing.join(', ')} (there are ${header.join(', ')})`);
  return rows.map((row, at) => {
    const cell = (column: string): string => row[places.get(column) ?? -1] ?? '';
    const empty = needed.find((name) => cell(name) === '');
    if (empty !== undefined) throw new UnreadableTable(`line ${at + 2}: ${empty} is empty`);
    return { line: at + 2, cell };
  });
}

/** Parts separated by semicolons. @example listIn('a; b') // => ['a', 'b'] */
export const listIn = (text: string): string[] =>
  text.split(';').map((part) => part.trim()).filter((part) => part !== ''); // prettier-ignore
