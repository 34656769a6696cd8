import { topicNames } from '@pharos/facts';
import { type TableHash, type Warehouse } from '@pharos/warehouse';
import { createProjector } from './projector.js';
import { foldLag, type RebuildOptions, type Verified } from './rebuild.js';
import { WarehouseFold } from './warehouse-fold.js';

/** Compares two builds table by table. Order and duplicates do not count. */
export function compare(live: readonly TableHash[], rebuilt: readonly TableHash[]): Verified['differing'] {
  const other = new Map(rebuilt.map((each) => [each.table, each]));
  return live.flatMap((each) => {
    const twin = other.get(each.table) ?? { table: each.table, rows: 0, hash: '0' };
    return twin.rows === each.rows && twin.hash === each.hash ? [] : [{ table: each.table, live: each, rebuilt: twin }];
  });
}

/**
 * Folds the log again into tables beside the live ones and compares the two, row for row by hashes. Nothing is swapped; the
 * second build is dropped afterwards. Stop the live fold meanwhile, or what it adds is reported as a difference.
 *
 * What a server that was stopped or killed had not folded yet is folded into the live tables first: being behind is not being
 * wrong. `facts` tells how far behind they were.
 */
export async function verify(options: Omit<RebuildOptions, 'pauseLiveFold'>): Promise<Verified> {
  const { log, warehouse, registry, signal = new AbortController().signal, onProgress = () => undefined } = options;
  const facts = await foldLag(log, topicNames);
  await createProjector({ log, warehouse, onProgress, ...(registry ? { registry } : {}) }).runUntilCaughtUp(signal);
  const next = await warehouse.beside();
  try {
    const fold = await WarehouseFold.resume({ log, warehouse: next, onProgress });
    await fold.catchUp(signal);
    signal.throwIfAborted();
    const tables = await warehouse.hashes();
    return {
      facts,
      tables,
      differing: compare(tables, await next.hashes()),
      ...(registry ? { registry: await registry.fingerprint() } : {}),
    };
  } finally {
    await dropped(warehouse, next);
  }
}

async function dropped(warehouse: Warehouse, next: Warehouse): Promise<void> {
  await next.close();
  await warehouse.dropBeside();
}
