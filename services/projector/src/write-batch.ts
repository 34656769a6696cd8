import { type Row, type TableName, WarehouseRefused, WarehouseUnavailable, type WarehouseWriter } from '@pharos/warehouse';
import { type Refusal } from './dead-letter.js';
import { type RowBatch, type TableRows } from './row-batch.js';

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 30_000;

export interface Patience {
  readonly signal: AbortSignal;
  /** Told each time that the warehouse does not answer, with the wait before the next try. */
  readonly onUnavailable: (error: Error, waitMs: number) => void;
}

/** Resolves after a time, or at once when the signal is given. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}

/**
 * Does something with the warehouse, and again with growing waits for as long as the warehouse is away.
 *
 * @throws whatever is not about the warehouse being away; WarehouseUnavailable once the signal is given
 */
export async function patiently<T>(work: () => Promise<T>, { signal, onUnavailable }: Patience): Promise<T> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof WarehouseUnavailable) || signal.aborted) throw error;
      onUnavailable(error, waitMs);
      await pause(waitMs, signal);
    }
  }
}

/**
 * Writes a batch's rows. Rows that the engine refuses for what they hold are found by halving and handed back; the rest of
 * the batch is written. Writing it again changes nothing.
 */
export async function writeBatch(writer: WarehouseWriter, batch: RowBatch, patience: Patience): Promise<readonly Refusal[]> {
  const refused: Refusal[] = [];
  for (const [table, rows] of batch.tables) {
    refused.push(...(await writeRows(writer, table, rows, patience)));
  }
  return refused;
}

async function writeRows(
  writer: WarehouseWriter,
  table: TableName,
  { rows, sources, encoded }: TableRows,
  patience: Patience,
): Promise<Refusal[]> {
  try {
    await patiently(() => (encoded ? writer.insertEncoded(encoded) : writer.insert(table, rows as readonly Row<typeof table>[])), patience);
    return [];
  } catch (error) {
    if (!(error instanceof WarehouseRefused)) throw error;
    if (rows.length === 1) return [{ stored: sources[0]!, step: `insert into ${table}`, reason: error.message }];
    const middle = rows.length >> 1;
    const halves: TableRows[] = [
      { rows: rows.slice(0, middle), sources: sources.slice(0, middle) },
      { rows: rows.slice(middle), sources: sources.slice(middle) },
    ];
    const refused: Refusal[] = [];
    for (const half of halves) refused.push(...(await writeRows(writer, table, half, patience)));
    return refused;
  }
}
