import { type EventLog } from '@pharos/event-log';
import { type Topic, topicNames } from '@pharos/facts';
import { type Folds } from '@pharos/registry';
import { type Warehouse } from '@pharos/warehouse';
import { type FoldShare } from './fold-share.js';
import { PROJECTOR, type Progress } from './progress.js';
import { RegistryFold } from './registry-fold.js';
import { WarehouseFold } from './warehouse-fold.js';

export interface ProjectorOptions {
  readonly log: EventLog;
  readonly warehouse: Warehouse;
  /** Read tables of the registry, folded beside. */
  readonly registry?: Folds;
  readonly onProgress?: (progress: Progress) => void;
  /** What this projector does of the work of several. Left out, it does all of it. */
  readonly share?: FoldShare;
}

export interface Projector {
  /** Folds until both stores have passed the heads of the moment of the call. @returns facts folded */
  runUntilCaughtUp(signal?: AbortSignal): Promise<number>;
  /** Folds what comes until the signal is given; what is in hand is finished and committed first. */
  run(signal: AbortSignal): Promise<void>;
  /** Next offset per partition below which everything is in the tables, durably. */
  foldedThrough(topic: Topic): Promise<readonly number[]>;
}

const never = new AbortController().signal;

/**
 * Folds the log into the warehouse and, where there is one, into the registry's read tables.
 *
 * Positions are committed after rows and roll-ups are durable, so a crash between leaves facts that are folded again and
 * change nothing.
 */
export function createProjector({ log, warehouse, registry, share, onProgress = () => undefined }: ProjectorOptions): Projector {
  const shared = share ? { share } : {};
  const folds = async (live = false) => [
    await WarehouseFold.resume({ log, warehouse, consumer: PROJECTOR, onProgress, live, ...shared }),
    ...(registry ? [await RegistryFold.resume({ log, folds: registry, onProgress, ...shared })] : []),
  ];
  return {
    async runUntilCaughtUp(signal = never) {
      const facts = await Promise.all((await folds()).map((fold) => fold.catchUp(signal)));
      return facts[0] ?? 0;
    },
    async run(signal) {
      const running = await folds(true);
      await Promise.all(
        running.map(async (fold) => {
          while (!signal.aborted) {
            await fold.catchUp(signal);
            if (!signal.aborted) await log.waitForNews(topicNames, 500);
          }
        }),
      );
    },
    foldedThrough: (topic) => log.committed(PROJECTOR, topic),
  };
}
