import { createReadStream, existsSync } from 'node:fs';
import path from 'node:path';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';

/** What a row was read as; `?` and empty both say that a value is not known, and come as an empty string. */
export type Row<Column extends string> = Readonly<Record<Column, string>>;

export interface NumberedRow<Column extends string> {
  readonly row: Row<Column>;
  /** Line of the file, the header being 1: what an error names. */
  readonly line: number;
}

export interface Table<Column extends string> {
  /** File name without `.csv`; other names under which copies of it are known follow. */
  readonly names: readonly string[];
  readonly columns: readonly Column[];
}

/** The file of a table, plain or gzip; undefined when the folder has none of its names. */
export function fileOf(dir: string, table: Table<string>): string | undefined {
  return table.names.flatMap((name) => [`${name}.csv`, `${name}.csv.gz`].map((file) => path.join(dir, file))).find(existsSync);
}

/** The table cannot be read at all: not there, or without a column that is needed. */
export class UnreadableTable extends Error {
  override readonly name = 'UnreadableTable';
}

/**
 * Reads a table in lists of rows, so that a reader awaits once for many of them.
 *
 * @param size rows per list
 * @throws UnreadableTable when the file is missing or lacks a column
 */
export async function* readTable<Column extends string>(
  dir: string,
  table: Table<Column>,
  size = 2_000,
): AsyncGenerator<readonly NumberedRow<Column>[]> {
  const file = fileOf(dir, table);
  if (file === undefined) throw new UnreadableTable(`${dir} has no ${table.names[0]}.csv, plain or gzip`);
  const bytes = createReadStream(file);
  const text = file.endsWith('.gz') ? bytes.pipe(createGunzip({ chunkSize: 256 * 1024 })) : bytes;
  const records = text.pipe(parse({ bom: true, skip_empty_lines: true, relax_column_count: true }));
  // A broken source must end the reading, and not leave it waiting.
  bytes.on('error', (error: Error) => records.destroy(error));
  text.on('error', (error: Error) => records.destroy(error));
  let header: readonly string[] | undefined;
  let rows: NumberedRow<Column>[] = [];
  let line = 0;
  for await (const record of records as AsyncIterable<readonly string[]>) {
    line += 1;
    if (header === undefined) {
      header = record.map((name) => name.trim());
      requireColumns(file, header, table.columns);
      continue;
    }
    rows.push({ row: rowOf(header, record), line });
    if (rows.length < size) continue;
    yield rows;
    rows = [];
  }
  if (rows.length > 0) yield rows;
}

/** All of a table that is known to be small. */
export async function wholeTable<Column extends string>(dir: string, table: Table<Column>): Promise<NumberedRow<Column>[]> {
  const all: NumberedRow<Column>[] = [];
  for await (const rows of readTable(dir, table)) all.push(...rows);
  return all;
}

function requireColumns(file: string, header: readonly string[], columns: readonly string[]): void {
  const missing = columns.filter((column) => !header.includes(column));
  if (missing.length > 0) throw new UnreadableTable(`${path.basename(file)} lacks ${missing.join(', ')}`);
}

function rowOf<Column extends string>(header: readonly string[], record: readonly string[]): Row<Column> {
  const row: Record<string, string> = {};
  for (let index = 0; index < header.length; index++) {
    const value = record[index] ?? '';
    row[header[index]!] = value === '?' ? '' : value;
  }
  return row as Row<Column>;
}

/** A whole number, or undefined where the source knows none or wrote something else. */
export function wholeNumber(text: string): number | undefined {
  return /^-?\d+$/.test(text) ? Number(text) : undefined;
}
