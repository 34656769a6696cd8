import { type Sql } from './sql.js';

/** A row as the engine answers it in JSON: snake case, large integers as text. Only converters see it. */
export type RawRow = Readonly<Record<string, unknown>>;

/**
 * A named question: what to ask, as a value, and how a row of the answer becomes a value of the code.
 *
 * It says nothing about the tenant: `warehouse.tenant(id)` is the only place that asks, and it alone sets `{tenant:String}`,
 * which every table of a question is scoped by.
 */
export interface Question<Answer> {
  readonly name: string;
  readonly sql: Sql;
  readonly answer: (row: RawRow) => Answer;
}

/** What was known by `asOf` and, for a repeat of a job's run, stood below the positions that the first run had read. */
export interface View {
  /** ISO 8601; without it everything folded so far is seen. */
  readonly asOf?: string;
  /** Next offsets per topic, `{ statements: [12, 9, 3, 4] }`. */
  readonly positions?: Readonly<Record<string, readonly number[]>>;
}
