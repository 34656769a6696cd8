/** The column types that rows are written in. Each has one way to be encoded, and one TypeScript type. */
export type ColumnType =
  | 'String'
  | 'LowCardinality(String)'
  | 'Array(String)'
  | 'Array(LowCardinality(String))'
  | 'Array(UInt8)'
  | 'Array(UInt32)'
  | 'Array(Date32)'
  | 'UInt8'
  | 'UInt16'
  | 'UInt32'
  | 'UInt64'
  | 'Int32'
  | 'Float64'
  | 'Date32'
  | "DateTime64(3, 'UTC')"
  | 'Nullable(UInt8)'
  | 'Nullable(UInt32)'
  | 'Nullable(Int32)'
  | 'Nullable(Float64)'
  | 'Nullable(Date32)';

/** The TypeScript value of a column. Times and days are ISO 8601 text, as in the facts; they become numbers when encoded. */
export type ValueOf<T extends ColumnType> = T extends 'String' | 'LowCardinality(String)' | 'Date32' | "DateTime64(3, 'UTC')"
  ? string
  : T extends 'Array(String)' | 'Array(LowCardinality(String))' | 'Array(Date32)'
    ? readonly string[]
    : T extends 'Array(UInt8)' | 'Array(UInt32)'
      ? readonly number[]
      : T extends 'Nullable(Date32)'
        ? string | null
        : T extends `Nullable(${string})`
          ? number | null
          : number;

export type Columns = Readonly<Record<string, ColumnType>>;

/** A row as the fold writes it: snake case here and nowhere else. */
export type RowOf<C extends Columns> = { readonly [K in keyof C]: ValueOf<C[K]> };

export const factColumns = {
  id: 'String',
  occurred_at: "DateTime64(3, 'UTC')",
  known_at: "DateTime64(3, 'UTC')",
  recorded_at: "DateTime64(3, 'UTC')",
  log_partition: 'UInt16',
  log_offset: 'UInt64',
} as const satisfies Columns;
