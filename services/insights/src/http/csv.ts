import { stringify } from 'csv-stringify';

/** Rows as CSV with a header line, in chunks. Values that spreadsheets would run as formulas are quoted with an apostrophe. */
export function csvOf(
  columns: readonly string[],
  rows: AsyncIterable<readonly unknown[]> | Iterable<readonly unknown[]>,
): AsyncIterable<Uint8Array> {
  const stringifier = stringify({ header: true, columns: [...columns], escape_formulas: true });
  const feed = async () => {
    for await (const row of rows)
      if (!stringifier.write(row)) await new Promise<void>((resolve) => stringifier.once('drain', () => resolve()));
    stringifier.end();
  };
  feed().catch((error: unknown) => stringifier.destroy(error instanceof Error ? error : new Error('rows failed')));
  return stringifier;
}
