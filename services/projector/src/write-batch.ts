import { type Position } from '@pharos/event-log';
import { type TableName, WarehouseRefused, WarehouseUnavailable, type WarehouseWriter } from '@pharos/warehouse';
import { type RowBatch } from './row-batch.js';
import { halvesOf, type PlacedLines } from './table-text.js';

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

/** A row that the engine refused, by the place of its fact. */
export interface RefusedRow {
  readonly place: Position;
  readonly step: string;
  readonly reason: string;
}

/**
 * Writes a batch's rows. Rows that the engine refuses for what they hold are found by halving and told; the rest of the batch
 * is written. Writing it again changes nothing.
 */
export async function writeBatch(writer: WarehouseWriter, batch: RowBatch, patience: Patience): Promise<readonly RefusedRow[]> {
  const refused: RefusedRow[] = [];
  for (const [table, lines] of batch.tables()) {
    refused.push(...(await writeLines(writer, table, lines, patience)));
  }
  return refused;
}

async function writeLines(writer: WarehouseWriter, table: TableName, lines: PlacedLines, patience: Patience): Promise<RefusedRow[]> {
  try {
    await patiently(() => writer.insertEncoded({ table, bytes: lines.bytes }), patience);
    return [];
  } catch (error) {
    if (!(error instanceof WarehouseRefused)) throw error;
    if (lines.places.length === 1) return [{ place: lines.places[0]!, step: `insert into ${table}`, reason: error.message }];
    const refused: RefusedRow[] = [];
    for (const half of halvesOf(lines)) refused.push(...(await writeLines(writer, table, half, patience)));
    return refused;
  }
}
