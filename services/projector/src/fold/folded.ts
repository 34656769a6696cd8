import { type Row, type TableName } from '@pharos/warehouse';

/** One row on its way to its table. */
export type Placed = { [T in TableName]: { readonly table: T; readonly row: Row<T> } }[TableName];

/** What becomes of a fact. `step` is the name of the function that decided so. */
export type Folded =
  | { readonly verdict: 'ok'; readonly rows: readonly Placed[] }
  /** It cannot be folded, and somebody has to look at it. */
  | { readonly verdict: 'deadLetter'; readonly step: string; readonly reason: string }
  /** It has no place in the warehouse, and that is right. */
  | { readonly verdict: 'drop'; readonly step: string; readonly reason: string };

export function placed<T extends TableName>(table: T, row: Row<T>): Placed {
  // The pair is right by its parameters; a mapped union cannot be built from a type parameter.
  return { table, row } as unknown as Placed;
}

export function ok(...rows: readonly Placed[]): Folded {
  return { verdict: 'ok', rows };
}
