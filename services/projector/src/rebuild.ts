import { type EventLog } from '@pharos/event-log';
import { type Topic } from '@pharos/facts';
import { type Folds } from '@pharos/registry';
import { type TableHash, type Warehouse } from '@pharos/warehouse';
import { PROJECTOR, type Progress } from './progress.js';
import { registryBatches } from './registry-fold.js';
import { WarehouseFold } from './warehouse-fold.js';

export interface RebuildOptions {
  readonly log: EventLog;
  readonly warehouse: Warehouse;
  readonly registry?: Folds;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /**
   * Stops the live fold (and waits for it) while the last facts are folded and the tables are swapped; what is returned
   * starts it again, from the rebuilt positions. Needed wherever a live fold runs on this log: what it wrote after the last
   * look at the heads would go with the old tables. Until it is called the live fold may go on, so that nobody waits for
   * the rebuild.
   */
  readonly pauseLiveFold?: () => Promise<() => void>;
}

/**
 * Folds the whole log into fresh tables beside the live ones, then swaps them and sets the fold's positions to the
 * rebuilt ones. A crash before the swap leaves the live tables as they were; one between swap and commit leaves positions
 * that are too low, from which folding again changes nothing.
 *
 * @returns facts folded
 */
export async function rebuild(options: RebuildOptions): Promise<{ readonly facts: number }> {
  const { log, warehouse, registry, signal = new AbortController().signal, onProgress = () => undefined, pauseLiveFold } = options;
  const next = await warehouse.beside();
  let facts = 0;
  let resumeLiveFold: (() => void) | undefined;
  try {
    const fold = await WarehouseFold.resume({ log, warehouse: next, onProgress });
    facts += await fold.catchUp(signal);
    resumeLiveFold = await pauseLiveFold?.();
    facts += await fold.catchUp(signal);
    signal.throwIfAborted();
    await warehouse.replaceBy(next);
    for (const { topic, partition, written } of fold.cursor.lanes) {
      await log.commit(PROJECTOR, topic, partition, written);
    }
  } finally {
    await next.close();
    resumeLiveFold?.();
  }
  if (registry) await registry.rebuild(registryBatches(log));
  return { facts };
}

export interface Verified {
  /** Tables whose rows differ between what stands and what the log says. Empty when all is well. */
  readonly differing: readonly { readonly table: string; readonly live: TableHash; readonly rebuilt: TableHash }[];
  readonly tables: readonly TableHash[];
  /** Facts in the log per topic, and how many of them are folded. */
  readonly facts: readonly { readonly topic: Topic; readonly logged: number; readonly folded: number }[];
  /** Hashes of the registry's read tables, to be compared before and after a rebuild. */
  readonly registry?: Readonly<Record<string, string>>;
}

/** Next offsets of one topic added up: facts logged, or folded. */
const total = (offsets: readonly number[]) => offsets.reduce((sum, offset) => sum + offset, 0);

/** How far the fold is behind the log, topic by topic. */
export async function foldLag(log: EventLog, topics: readonly Topic[]): Promise<Verified['facts']> {
  return Promise.all(
    topics.map(async (topic) => ({ topic, logged: total(await log.heads(topic)), folded: total(await log.committed(PROJECTOR, topic)) })),
  );
}
