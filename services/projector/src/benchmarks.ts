import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type EventLog } from '@pharos/event-log';
import { openWarehouse, type Warehouse } from '@pharos/warehouse';
import { Cursor } from './cursor.js';
import { createProjector, PROJECTOR } from './index.js';
import { RowBatch } from './row-batch.js';

export interface FoldFigures {
  readonly facts: number;
  /** Facts a second from the log into durable rows and roll-ups, positions committed. */
  readonly foldPerSecond: number;
  /** Facts a second of the engine's insert of the same rows, encoded beforehand, into empty tables of the same kind. */
  readonly rawInsertPerSecond: number;
  /** CPU of the whole process per fact while folding, in microseconds. */
  readonly cpuMicrosPerFact: number;
}

const BATCH = 10_000;

interface Encoded {
  readonly facts: number;
  readonly tables: ReturnType<RowBatch['tables']>;
}

/** Every row of the log, in the batches in which the fold would write them. */
async function allRows(log: EventLog, { writer }: Warehouse): Promise<readonly Encoded[]> {
  const cursor = await Cursor.at(log, undefined, ['statements', 'roster', 'scores']);
  const known = new Set<string>();
  const batches: Encoded[] = [];
  for (;;) {
    const batch = new RowBatch(writer, known);
    const facts = await cursor.read(BATCH, (stored) => {
      for (const each of stored) batch.add(each);
    });
    if (facts === 0) return batches;
    batches.push({ facts, tables: batch.tables() });
  }
}

async function insertAll(warehouse: Warehouse, batches: readonly Encoded[]): Promise<void> {
  for (const { tables } of batches) {
    for (const [table, { bytes }] of tables) await warehouse.writer.insertEncoded({ table, bytes });
  }
}

/**
 * How fast a log is folded, beside the engine's own insert of the same rows in the same run. Both are into fresh tables of
 * one folder; the log is one that the caller filled. The rows are held in memory: about 3 GB for a million statements.
 */
export async function benchmarkFold(log: EventLog): Promise<FoldFigures> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pharos-fold-bench-'));
  const raw = await openWarehouse({ path: folder, database: 'raw' });
  const folded = await openWarehouse({ path: folder, database: 'folded' });
  try {
    await log.forget(PROJECTOR);
    const [cpu, started] = [process.cpuUsage(), performance.now()];
    const facts = await createProjector({ log, warehouse: folded }).runUntilCaughtUp();
    const foldSeconds = (performance.now() - started) / 1000;
    const used = process.cpuUsage(cpu);
    const batches = await allRows(log, raw);
    const rows = batches.reduce((sum, batch) => sum + batch.facts, 0);
    const insertStarted = performance.now();
    await insertAll(raw, batches);
    return {
      facts,
      foldPerSecond: facts / foldSeconds,
      rawInsertPerSecond: rows / ((performance.now() - insertStarted) / 1000),
      cpuMicrosPerFact: (used.user + used.system) / facts,
    };
  } finally {
    await raw.close();
    await folded.close();
    await rm(folder, { recursive: true, force: true });
  }
}
