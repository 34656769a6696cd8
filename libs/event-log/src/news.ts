import { BroadcastChannel } from 'node:worker_threads';
import { type Topic } from '@pharos/facts';
import { Gathering } from './gathering.js';

/** How often the heads are looked at besides, so that a lost message costs a quarter of a second and no more. */
const POLL_MS = 250;

interface Waiter {
  readonly topics: ReadonlySet<Topic>;
  readonly wake: () => void;
}

/** Topics that something was appended to, or that somebody waits for what is there. */
type Said = readonly Topic[] | 'hurry';

interface Heard {
  readonly data: Said;
}

/**
 * Tells readers in all threads of this process that something was appended, or that somebody waits. Keeps no process alive.
 *
 * @param name the same for all who open this log
 */
export class News {
  private readonly waiters = new Set<Waiter>();
  private readonly gathering = new Gathering();
  private readonly channel: BroadcastChannel;

  constructor(name: string) {
    this.channel = new BroadcastChannel(name);
    this.channel.onmessage = (message) => {
      const { data } = message as Heard;
      if (data === 'hurry') this.gathering.end();
      else this.wake(data);
    };
    this.channel.unref();
  }

  /** Tells this thread and all others. */
  publish(topics: readonly Topic[]): void {
    if (topics.length === 0) return;
    this.wake(topics);
    this.channel.postMessage(topics);
  }

  /** Resolves at the next news of these topics, when `changed` finds a change by itself, or after the time. */
  wait(topics: readonly Topic[], timeoutMs: number, changed: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const deadline = performance.now() + timeoutMs;
      let timer: NodeJS.Timeout;
      const waiter: Waiter = {
        topics: new Set(topics),
        wake: () => {
          clearTimeout(timer);
          this.waiters.delete(waiter);
          resolve();
        },
      };
      const look = () => {
        const left = deadline - performance.now();
        if (left <= 0 || changed()) waiter.wake();
        else timer = setTimeout(look, Math.min(POLL_MS, left)).unref();
      };
      this.waiters.add(waiter);
      timer = setTimeout(look, Math.max(0, Math.min(POLL_MS, timeoutMs))).unref();
    });
  }

  /** Tells this thread and all others that somebody waits. */
  hurry(): void {
    this.gathering.end();
    this.channel.postMessage('hurry' satisfies Said);
  }

  /** Resolves when somebody waits, or after the time. */
  hurried(timeoutMs: number): Promise<void> {
    return this.gathering.wait(timeoutMs);
  }

  /** Lets go of everyone who waits. */
  close(): void {
    this.gathering.end();
    for (const { wake } of [...this.waiters]) wake();
    this.channel.close();
  }

  private wake(topics: readonly Topic[]): void {
    for (const waiter of [...this.waiters]) {
      if (topics.some((topic) => waiter.topics.has(topic))) waiter.wake();
    }
  }
}
