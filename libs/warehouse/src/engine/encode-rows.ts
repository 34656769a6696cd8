import { type ColumnType } from '../tables/column-types.js';
import { type Row, type TableName, tables } from '../tables/tables.js';
import { WarehouseRefused } from '../warehouse.js';
import { escapeText, quoted } from './parameters.js';

type Encode = (value: never) => string;

const number = (value: number) => String(value);

/** Whole numbers of a column's width. The engine would wrap a larger one round in silence. */
const whole = (least: number, most: number) => (value: number) => {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new WarehouseRefused('range', `${value} is not a whole number from ${least} to ${most}`);
  }
  return String(value);
};
const unsigned = (bits: number) => whole(0, 2 ** bits - 1);
const int32 = whole(-(2 ** 31), 2 ** 31 - 1);
const list = (value: readonly string[]) => `[${value.map(quoted).join(',')}]`;
const orNull =
  (encode: (value: never) => string) =>
  (value: never): string =>
    value === null ? '\\N' : encode(value);
const same = (value: string) => value;

/** How each type is written. Instants are `2014-10-01T00:00:00.000Z` in facts; the T and Z would cost the slower parser. */
const encoders: Readonly<Record<ColumnType, Encode>> = {
  String: escapeText,
  'LowCardinality(String)': escapeText,
  'Array(String)': list,
  'Array(LowCardinality(String))': list,
  'Array(UInt8)': (value: readonly number[]) => `[${value.join(',')}]`,
  'Array(UInt32)': (value: readonly number[]) => `[${value.join(',')}]`,
  'Array(Date32)': list,
  UInt8: unsigned(8),
  UInt16: unsigned(16),
  UInt32: unsigned(32),
  UInt64: unsigned(53),
  Int32: int32,
  Float64: number,
  Date32: same,
  "DateTime64(3, 'UTC')": (value: string) =>
    value.length === 24 ? `${value.slice(0, 10)} ${value.slice(11, 23)}` : new Date(value).toISOString().replace('T', ' ').slice(0, 23),
  'Nullable(UInt8)': orNull(unsigned(8)),
  'Nullable(UInt32)': orNull(unsigned(32)),
  'Nullable(Int32)': orNull(int32),
  'Nullable(Float64)': orNull(number),
  'Nullable(Date32)': orNull(same),
};

const plans = new Map<TableName, readonly (readonly [name: string, encode: Encode])[]>(
  Object.entries(tables).map(([table, columns]) => [
    table as TableName,
    Object.entries(columns).map(([name, type]) => [name, encoders[type]] as const),
  ]),
);

/** Column names of a table in the order in which `encodeRows` writes them. */
export function columnsOf(table: TableName): readonly string[] {
  return plans.get(table)!.map(([name]) => name);
}

/**
 * A row as tab-separated text with its line feed: of the formats that both homes take it costs the engine least (35 against 48
 * microseconds of CPU per statement of 1.4 KB as JSONCompactEachRow, measured), and the writer least as well.
 *
 * @throws WarehouseRefused for a value that its column cannot hold
 */
export function encodeRow<T extends TableName>(table: T, row: Row<T>): string {
  const plan = plans.get(table)!;
  const values = row as Readonly<Record<string, never>>;
  // Joined, and not added up: a text of a hundred pieces has to be made flat before it becomes bytes.
  const texts = new Array<string>(plan.length);
  for (let i = 0; i < plan.length; i++) {
    const [name, encode] = plan[i]!;
    texts[i] = encode(values[name]!);
  }
  return `${texts.join('\t')}\n`;
}

/** Rows as bytes, a line each. @throws WarehouseRefused as `encodeRow` does */
export function encodeRows<T extends TableName>(table: T, rows: readonly Row<T>[]): Buffer {
  let text = '';
  for (const row of rows) text += encodeRow(table, row);
  return Buffer.from(text);
}
