import { type EventLog } from '@pharos/event-log';
import { type Positions, type Topic, topicNames } from '@pharos/facts';

/**
 * Waits until a consumer has folded everything below these positions.
 *
 * @throws Error naming the topic that lags when that takes longer than `timeoutMs`
 */
export async function waitForFold(log: EventLog, consumer: string, heads: Positions, timeoutMs: number, now: () => Date): Promise<void> {
  const until = now().getTime() + timeoutMs;
  for (const topic of topicNames) {
    const wanted = heads.offsets[topic] ?? [];
    while (!(await hasReached(log, consumer, topic, wanted))) {
      if (now().getTime() > until)
        throw new Error(`the fold of ${topic} did not catch up within ${timeoutMs} ms; is the projector running?`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

async function hasReached(log: EventLog, consumer: string, topic: Topic, wanted: readonly number[]): Promise<boolean> {
  const folded = await log.committed(consumer, topic);
  return wanted.every((offset, partition) => (folded[partition] ?? 0) >= offset);
}
