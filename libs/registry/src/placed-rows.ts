import { type TenantSql } from './tenant-sql.js';

/** One row of a read table, and the place of the fact that says so. */
export interface PlacedRow {
  readonly values: Readonly<Record<string, string | boolean>>;
  readonly partition: number;
  readonly offset: number;
}

export interface PlacedTable {
  readonly name: string;
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, 'text' | 'boolean'>>;
  /** What else must hold for a fact to change the row; `held` is the row as it stands, `excluded` the new one. */
  readonly only?: string;
}

/**
 * Writes rows into a read table in order. A row that a later fact of the partition has written before stays as it is, so
 * that folding twice changes nothing. Names come from the tables of `read-tables.ts`, never from input.
 */
export async function writePlaced(sql: TenantSql, table: PlacedTable, rows: readonly PlacedRow[]): Promise<void> {
  for (const round of rounds(table, rows)) await sql.query(upsert(table), bind(table, round));
}

/** A statement may touch a row once: the second fact about one row goes into the second round. */
function rounds(table: PlacedTable, rows: readonly PlacedRow[]): readonly PlacedRow[][] {
  const seen = new Map<string, number>();
  const result: PlacedRow[][] = [];
  for (const row of rows) {
    const key = JSON.stringify(table.key.map((column) => row.values[column]));
    const round = seen.get(key) ?? 0;
    seen.set(key, round + 1);
    (result[round] ??= []).push(row);
  }
  return result;
}

function upsert({ name, key, columns, only }: PlacedTable): string {
  const all = Object.keys(columns);
  const set = all.filter((column) => !key.includes(column)).map((column) => `${column} = excluded.${column}, `);
  return `INSERT INTO ${name} AS held (tenant, ${all.join(', ')}, partition, position)
    SELECT $1, * FROM unnest(${all.map((column, index) => `$${index + 2}::${columns[column]!}[]`).join(', ')}, $${all.length + 2}::int[], $${all.length + 3}::bigint[])
    ON CONFLICT (tenant, ${key.join(', ')}) DO UPDATE SET ${set.join('')}partition = excluded.partition, position = excluded.position
    WHERE (held.partition <> excluded.partition OR held.position < excluded.position)${only === undefined ? '' : ` AND (${only})`}`;
}

const bind = ({ columns }: PlacedTable, rows: readonly PlacedRow[]): unknown[] => [
  ...Object.keys(columns).map((column) => rows.map((row) => row.values[column])),
  rows.map((row) => row.partition),
  rows.map((row) => row.offset),
];
