import { setTimeout as sleep } from 'node:timers/promises';
import { type Topic } from '@pharos/facts';

/** How often heads are looked at while somebody waits: one question to each broker. */
const LOOK_EVERY_MS = 50;

/** Wakes those who wait for something new in topics. */
export class KafkaNews {
  /** What the last look at some topics saw. A wait begins from there, so that nothing can come in between two waits unnoticed. */
  private readonly seen = new Map<string, string>();
  private readonly own = new Map<Topic, number>();
  private closed = false;

  constructor(private readonly headsOf: (topics: readonly Topic[]) => Promise<readonly (readonly number[])[]>) {}

  /** Something was appended to these topics through this log. */
  appended(topics: ReadonlySet<Topic>): void {
    for (const topic of topics) this.own.set(topic, this.ownOf([topic]) + 1);
  }

  /** Resolves when the heads moved since the last look, something was appended here since the call, or after the time. */
  async wait(topics: readonly Topic[], timeoutMs: number): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    const own = this.ownOf(topics);
    const key = topics.join();
    try {
      const before = this.seen.get(key) ?? (await this.look(topics, key));
      while (!this.closed && this.ownOf(topics) === own && (await this.look(topics, key)) === before) {
        const left = deadline - performance.now();
        if (left <= 0) return;
        await sleep(Math.min(LOOK_EVERY_MS, left), undefined, { ref: false });
      }
    } catch (error) {
      if (!this.closed) throw error; // closed in the middle of a question: nobody waits any more
    }
  }

  /** Lets go of everyone who waits. */
  close(): void {
    this.closed = true;
  }

  private ownOf(topics: readonly Topic[]): number {
    return topics.reduce((sum, topic) => sum + (this.own.get(topic) ?? 0), 0);
  }

  private async look(topics: readonly Topic[], key: string): Promise<string> {
    const heads = (await this.headsOf(topics)).join(';');
    this.seen.set(key, heads);
    return heads;
  }
}
