import { type EventLog } from '@pharos/event-log';
import { type Topic, topicNames } from '@pharos/facts';

/**
 * How far the tables are is asked many times by one page: read once in so many milliseconds.
 *
 * Cost: two look-ups per topic and one read per partition that lags.
 */
const KEPT_MS = 100;

/** How far the tables are. */
export interface Folded {
  /** Up to which moment they are complete: the earliest fact that is not folded yet, or now where all are. */
  readonly through: string;
  /** Next offset to fold, per topic and partition. */
  readonly positions: Readonly<Record<Topic, readonly number[]>>;
}

export class Watermark {
  private kept: { readonly at: number; readonly folded: Promise<Folded> } | null = null;

  constructor(
    private readonly log: EventLog,
    private readonly consumer: string,
    private readonly now: () => Date,
  ) {}

  async through(): Promise<string> {
    return (await this.folded()).through;
  }

  folded(): Promise<Folded> {
    const at = this.now().getTime();
    if (!this.kept || at - this.kept.at > KEPT_MS || at < this.kept.at) this.kept = { at, folded: this.read(new Date(at)) };
    return this.kept.folded;
  }

  private async read(now: Date): Promise<Folded> {
    const topics = await Promise.all(topicNames.map((topic) => this.ofTopic(topic)));
    const through = topics
      .flatMap(({ oldestUnfolded }) => oldestUnfolded)
      .reduce((least, each) => (each < least ? each : least), now.toISOString());
    const positions = Object.fromEntries(topics.map(({ topic, committed }) => [topic, committed])) as Record<Topic, readonly number[]>;
    return { through, positions };
  }

  private async ofTopic(topic: Topic) {
    const [heads, committed] = await Promise.all([this.log.heads(topic), this.log.committed(this.consumer, topic)]);
    const lagging = heads
      .map((head, partition) => ({ head, partition, next: committed[partition] ?? 0 }))
      .filter(({ head, next }) => next < head);
    const first = await Promise.all(lagging.map(({ partition, next }) => this.log.read(topic, partition, next, { maxFacts: 1 })));
    return { topic, committed, oldestUnfolded: first.flatMap((facts) => facts.map((fact) => fact.recordedAt)) };
  }
}
