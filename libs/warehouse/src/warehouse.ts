import { type Question } from './question.js';
import { type Row, type TableName } from './tables/tables.js';

/** A ClickHouse server or cluster by its HTTP address, or the engine in this process over a folder. */
export type WarehouseHome = WarehouseServer | { readonly path: string; readonly database?: string };

export interface WarehouseServer {
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  readonly database?: string;
  /** Several servers with the same rows, by the name that they have for it. Left out, there is one. */
  readonly cluster?: string;
  /**
   * `make` brings the tables up to this release (the default), `expect` refuses those that are not, with reading alone, and `later`
   * looks at nothing: for who works also while the server is away.
   */
  readonly schema?: 'make' | 'expect' | 'later';
}

/**
 * Names one connection. The engine runs one query at a time per connection, so each purpose has its own and none waits
 * behind another: `fold` writes, `reads` are short look-ups, `dashboards` are cohort questions, `jobs` are long.
 */
export type Purpose = 'fold' | 'reads' | 'dashboards' | 'jobs';

/** What one tenant may ask. A question without a tenant cannot be put. */
export interface TenantWarehouse {
  readonly tenant: string;
  /** All rows of the answer, converted. */
  ask<Answer>(question: Question<Answer>, purpose?: Purpose): Promise<readonly Answer[]>;
  /** The only row, or undefined when there is none. @throws RangeError when there are several */
  askOne<Answer>(question: Question<Answer>, purpose?: Purpose): Promise<Answer | undefined>;
  /** The answer as an Arrow IPC stream, in chunks, as the engine makes them; snake-case columns. */
  arrow(question: Question<unknown>, purpose?: Purpose): AsyncIterable<Uint8Array>;
  /** The answer as CSV with a header line, in chunks; snake-case columns. */
  csv(question: Question<unknown>, purpose?: Purpose): AsyncIterable<Uint8Array>;
}

/** Learners and days whose roll-ups are to be computed again, per tenant. */
export interface Touched {
  readonly tenant: string;
  /** Learner to the UTC days touched (`2014-10-01`). */
  readonly days: ReadonlyMap<string, ReadonlySet<string>>;
  /** Ids of statements that were taken back: their learner-days are looked up. */
  readonly voided: readonly string[];
}

/** Rows of one table as bytes, a line each, ready for the engine. */
export interface EncodedRows {
  readonly table: TableName;
  readonly bytes: Buffer;
}

/** What the fold writes through. Only services/projector uses it. */
export interface WarehouseWriter {
  /** Rows of one table, durable when it returns. @throws WarehouseRefused for bad data, WarehouseUnavailable otherwise */
  insert<T extends TableName>(table: T, rows: readonly Row<T>[]): Promise<void>;
  /** A row as the line that the engine takes, with its line feed. @throws WarehouseRefused for a value its column cannot hold */
  encodeRow<T extends TableName>(table: T, row: Row<T>): string;
  /** Like `insert`, for rows that were encoded before, so that encoding goes on while the engine works. */
  insertEncoded(rows: EncodedRows): Promise<void>;
  /** Computes the roll-ups of what was touched again from the live statements. Durable when it returns. */
  rollUp(touched: readonly Touched[]): Promise<void>;
  /** Computes all roll-ups of every tenant again, set-wise. */
  rollUpAll(): Promise<void>;
}

/** Order-independent hash and count of the logical rows of one table. Two builds of the same log have the same. */
export interface TableHash {
  readonly table: string;
  readonly rows: number;
  readonly hash: string;
}

export interface Warehouse {
  readonly database: string;
  tenant(id: string): TenantWarehouse;
  readonly writer: WarehouseWriter;
  /** Hash and count of every table after duplicates are dropped; slow (reads everything). */
  hashes(): Promise<readonly TableHash[]>;
  /** A second set of tables beside these, empty, for a rebuild. What an earlier, unfinished rebuild left is dropped. */
  beside(): Promise<Warehouse>;
  /** Drops what `beside` made. */
  dropBeside(): Promise<void>;
  /** Swaps each table with its twin of `next` and drops the old ones. */
  replaceBy(next: Warehouse): Promise<void>;
  /** Answers whether the engine answers. @throws WarehouseUnavailable */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** The engine refused the data: the rows are bad, and would be refused again. */
export class WarehouseRefused extends Error {
  override readonly name = 'WarehouseRefused';
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The engine did not answer, or not for a reason of the data: try again later. */
export class WarehouseUnavailable extends Error {
  override readonly name = 'WarehouseUnavailable';
}
