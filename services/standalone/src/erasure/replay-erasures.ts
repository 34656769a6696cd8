import { type EventLog } from '@pharos/event-log';
import { readFact } from '@pharos/facts';
import { eraseLearner, type ErasureHomes } from './erase-learner.js';

/**
 * Erases again whom the log says was erased: vault, registry and blobs that were put back may be older than
 * the wish to be forgotten.
 *
 * @returns learners erased, each once
 */
export async function replayErasures(log: EventLog, homes: ErasureHomes): Promise<number> {
  const erased = new Set<string>();
  for (let partition = 0; partition < log.partitions('governance'); partition++) {
    for (let from = 0; ;) {
      const stored = await log.read('governance', partition, from);
      for (const each of stored) {
        const read = readFact(each.stored);
        if (!read.ok || read.fact.type !== 'LearnerErased') continue;
        await eraseLearner(homes, read.fact.tenant, read.fact.data.learner);
        erased.add(`${read.fact.tenant}/${read.fact.data.learner}`);
      }
      const last = stored.at(-1);
      if (!last) break;
      from = last.position.offset + 1;
    }
  }
  return erased.size;
}
