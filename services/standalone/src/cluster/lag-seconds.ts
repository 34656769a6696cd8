import { type EventLog } from '@pharos/event-log';
import { type Topic, topicNames } from '@pharos/facts';

/**
 * Age in seconds of the oldest fact that somebody is not done with; 0 where they are done with everything.
 *
 * @param done the next offset that they want of each partition
 */
export async function lagSeconds(log: EventLog, done: (topic: Topic) => Promise<readonly number[]>, now: () => Date): Promise<number> {
  let oldest: number | undefined;
  for (const topic of topicNames) {
    const next = await done(topic);
    for (const [partition, head] of (await log.heads(topic)).entries()) {
      if (next[partition]! >= head) continue;
      const [first] = await log.read(topic, partition, next[partition]!, { maxFacts: 1 });
      const at = first ? Date.parse(first.recordedAt) : undefined;
      if (at !== undefined && (oldest === undefined || at < oldest)) oldest = at;
    }
  }
  return oldest === undefined ? 0 : Math.max(0, (now().getTime() - oldest) / 1_000);
}
