import { type Rendered } from '../sql.js';

export type Format = 'JSONEachRow' | 'JSONColumns' | 'ArrowStream' | 'CSVWithNames';

/** One connection to ClickHouse, wherever it runs. It runs one query at a time; callers queue. */
export interface Engine {
  /** The whole answer. */
  read(query: Rendered, format: Format): Promise<Uint8Array>;
  /** The answer as it comes. The engine in this process makes it whole first: it is one chunk there. */
  stream(query: Rendered, format: Format): AsyncIterable<Uint8Array>;
  run(query: Rendered): Promise<void>;
  /** Rows as tab-separated text in the order of `columns`. */
  insert(table: string, columns: readonly string[], rows: Buffer): Promise<void>;
  close(): Promise<void>;
}

/**
 * Settings of every connection, so that both homes answer alike.
 *
 * Times come out as ISO 8601, as the facts write them. Counts stay numbers (they are far below 2^53; hashes are asked
 * for as text). Arrow is left uncompressed and plain, for readers that know neither LZ4 nor dictionaries.
 */
export const settings: Readonly<Record<string, string | number>> = {
  session_timezone: 'UTC',
  date_time_output_format: 'iso',
  output_format_json_quote_64bit_integers: 0,
  output_format_arrow_compression_method: 'none',
  output_format_arrow_string_as_string: 1,
  output_format_arrow_low_cardinality_as_dictionary: 0,
  join_use_nulls: 0,
  // Bound lists (touched learners and days, the learners of a run) are part of a query's text in this engine.
  max_query_size: 67_108_864,
};
