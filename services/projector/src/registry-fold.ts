import { type EventLog } from '@pharos/event-log';
import { type Fact, readFact, type Topic } from '@pharos/facts';
import { type FoldBatch, type Folds, type PlacedFact } from '@pharos/registry';
import { type FoldShare } from './fold-share.js';
import { PROJECTOR, type Progress } from './progress.js';

/** Topics that have read tables in the registry. */
export const registryTopics = ['roster', 'models', 'alerts', 'governance', 'learning'] as const satisfies readonly Topic[];

const BATCH = 2_000;

interface RegistryFoldOptions {
  readonly log: EventLog;
  readonly folds: Folds;
  readonly onProgress: (progress: Progress) => void;
  /** Where several folds share the partitions. A batch and its position are one transaction, so nothing else is shared. */
  readonly share?: FoldShare;
}

/** The facts of one partition from an offset, as a batch for the registry; undefined at the head. */
async function nextBatch(log: EventLog, topic: Topic, partition: number, from: number): Promise<FoldBatch | undefined> {
  const stored = await log.read(topic, partition, from, { maxFacts: BATCH });
  const last = stored.at(-1);
  if (!last) return undefined;
  const facts: PlacedFact[] = [];
  for (const each of stored) {
    // What cannot be read is put to the dead letters by the warehouse's fold, which reads every topic.
    const read = readFact(each.stored);
    if (read.ok) facts.push({ partition, offset: each.position.offset, fact: read.fact satisfies Fact });
  }
  return { consumer: PROJECTOR, topic, partition, facts, nextOffset: last.position.offset + 1 };
}

/** Every batch of the registry's topics, from the beginning to the heads. */
export async function* registryBatches(log: EventLog): AsyncGenerator<FoldBatch> {
  for (const topic of registryTopics) {
    for (let partition = 0; partition < log.partitions(topic); partition++) {
      let batch = await nextBatch(log, topic, partition, 0);
      while (batch) {
        yield batch;
        batch = await nextBatch(log, topic, partition, batch.nextOffset);
      }
    }
  }
}

/** The fold into the registry's read tables. Its positions live there, in the same transaction as the rows. */
export class RegistryFold {
  private constructor(
    private readonly options: RegistryFoldOptions,
    private readonly positions: Map<Topic, number[]>,
  ) {}

  static async resume(options: RegistryFoldOptions): Promise<RegistryFold> {
    const positions = new Map<Topic, number[]>();
    for (const topic of registryTopics) {
      const partitions = options.log.partitions(topic);
      positions.set(topic, [...(await options.folds.positions(PROJECTOR, topic, partitions))]);
    }
    return new RegistryFold(options, positions);
  }

  /** Folds up to the heads. @returns facts folded */
  async catchUp(signal: AbortSignal): Promise<number> {
    let facts = 0;
    for (const topic of registryTopics) {
      const positions = this.positions.get(topic)!;
      for (let partition = 0; partition < positions.length; partition++) {
        if (this.options.share?.owns(topic, partition) === false) continue;
        while (!signal.aborted) {
          const batch = await nextBatch(this.options.log, topic, partition, positions[partition]!);
          if (!batch) break;
          await this.options.folds.apply(batch);
          positions[partition] = batch.nextOffset;
          facts += batch.facts.length;
        }
      }
    }
    if (facts > 0) this.options.onProgress({ kind: 'folded', store: 'registry', facts });
    return facts;
  }
}
