import { type Archive, type EventLog } from '@pharos/event-log';
import { topicNames } from '@pharos/facts';

/** Age in seconds of the oldest fact that is not in the archive; 0 where everything is. */
export async function archiveLagSeconds(log: EventLog, { index }: Pick<Archive, 'index'>, now: () => Date): Promise<number> {
  let oldest: number | undefined;
  for (const topic of topicNames) {
    for (const [partition, head] of (await log.heads(topic)).entries()) {
      const next = (await index.segments(log.epoch, topic, partition)).at(-1)?.next ?? 0;
      if (next >= head) continue;
      const [first] = await log.read(topic, partition, next, { maxFacts: 1 });
      const at = first ? Date.parse(first.recordedAt) : undefined;
      if (at !== undefined && (oldest === undefined || at < oldest)) oldest = at;
    }
  }
  return oldest === undefined ? 0 : Math.max(0, (now().getTime() - oldest) / 1_000);
}
