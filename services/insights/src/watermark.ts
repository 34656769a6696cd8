import { topicNames } from '@pharos/facts';
import { type EventLog } from '@pharos/event-log';

/**
 * Up to which moment the tables are complete: the earliest fact that is not folded yet, or now where all are.
 *
 * Cost: two look-ups per topic and one read per partition that lags; kept for `KEPT_MS`, because a page asks for it many times.
 */
const KEPT_MS = 100;

export class Watermark {
  private kept: { readonly at: number; readonly through: Promise<string> } | null = null;

  constructor(
    private readonly log: EventLog,
    private readonly consumer: string,
    private readonly now: () => Date,
  ) {}

  through(): Promise<string> {
    const at = this.now().getTime();
    if (!this.kept || at - this.kept.at > KEPT_MS || at < this.kept.at) this.kept = { at, through: this.read(new Date(at)) };
    return this.kept.through;
  }

  private async read(now: Date): Promise<string> {
    const oldest = await Promise.all(topicNames.map((topic) => this.oldestUnfolded(topic)));
    return oldest.flat().reduce((least, each) => (each < least ? each : least), now.toISOString());
  }

  private async oldestUnfolded(topic: (typeof topicNames)[number]): Promise<readonly string[]> {
    const [heads, committed] = await Promise.all([this.log.heads(topic), this.log.committed(this.consumer, topic)]);
    const lagging = heads
      .map((head, partition) => ({ head, partition, next: committed[partition] ?? 0 }))
      .filter(({ head, next }) => next < head);
    const first = await Promise.all(lagging.map(({ partition, next }) => this.log.read(topic, partition, next, { maxFacts: 1 })));
    return first.flatMap((facts) => facts.map((fact) => fact.recordedAt));
  }
}
