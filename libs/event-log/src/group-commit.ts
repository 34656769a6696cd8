import { setImmediate } from 'node:timers/promises';
import { LogUnavailable } from './event-log.js';

/** One thing that waits to be written. `bytes` is a rough size: it bounds the queue and the groups. */
export interface Waiting<Work> {
  readonly work: Work;
  readonly bytes: number;
  readonly since: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export interface GroupCommitOptions<Work, Prepared> {
  /** Work that needs no transaction, such as packing. May run while the group before is still being flushed. */
  readonly prepare: (group: readonly Work[]) => Promise<Prepared>;
  /** One durable transaction for the whole group. Resolves after the flush; a rejection means that nothing was written. */
  readonly commit: (prepared: Prepared) => Promise<void>;
  readonly limits?: Partial<Limits>;
}

export interface Limits {
  /** A group is not made larger than this. */
  readonly groupBytes: number;
  /** More than this does not wait: it is refused. */
  readonly queueBytes: number;
  readonly waitMs: number;
}

const DEFAULTS: Limits = { groupBytes: 2 * 1024 * 1024, queueBytes: 64 * 1024 * 1024, waitMs: 10_000 };

/** From this size on a group is prepared while the one before is flushed; a smaller one waits, and grows meanwhile. */
const AHEAD_BYTES = 256 * 1024;

/**
 * Gathers what is written at the same time into one transaction and one flush, since a flush costs the same for one
 * fact as for a thousand.
 */
export class GroupCommit<Work, Prepared> {
  private readonly limits: Limits;
  private queue: Waiting<Work>[] = [];
  private queuedBytes = 0;
  private running: Promise<void> | undefined;
  private closed = false;

  constructor(private readonly options: GroupCommitOptions<Work, Prepared>) {
    this.limits = { ...DEFAULTS, ...options.limits };
  }

  /**
   * Resolves once this work is on disk.
   *
   * @throws LogUnavailable `closed` after `close`, `timeout` when too much waits or it waited too long; nothing was written then
   */
  write(work: Work, bytes: number): Promise<void> {
    if (this.closed) return Promise.reject(new LogUnavailable('closed', 'The event log is closing.'));
    if (this.queuedBytes + bytes > this.limits.queueBytes && this.queue.length > 0) {
      return Promise.reject(new LogUnavailable('timeout', `The event log is behind: ${this.queuedBytes} bytes wait to be written.`));
    }
    return new Promise<void>((resolve, reject) => {
      this.queue.push({ work, bytes, since: performance.now(), resolve, reject });
      this.queuedBytes += bytes;
      this.running ??= this.drain();
    });
  }

  /** Takes nothing more, and resolves when all that waited is settled. */
  async close(): Promise<void> {
    this.closed = true;
    await this.running;
  }

  private async drain(): Promise<void> {
    let committing = Promise.resolve();
    const clock = setInterval(() => {
      this.expire();
    }, this.limits.waitMs / 4).unref();
    // What is appended in this turn of the event loop belongs together.
    await setImmediate();
    while (this.queue.length > 0) {
      if (this.queuedBytes < AHEAD_BYTES) await committing;
      const previous = committing;
      const group = this.take();
      if (group.length > 0) committing = this.settle(group, previous);
      // One group at most is prepared ahead of the flush before it.
      await previous;
      if (this.queue.length === 0) await committing;
    }
    clearInterval(clock);
    this.running = undefined;
  }

  private async settle(group: readonly Waiting<Work>[], previous: Promise<void>): Promise<void> {
    try {
      const prepared = await this.options.prepare(group.map(({ work }) => work));
      await previous;
      await this.options.commit(prepared);
      for (const { resolve } of group) resolve();
    } catch (error) {
      await previous;
      for (const { reject } of group) reject(error);
    }
  }

  /** The next group, within its bound; at least one. */
  private take(): readonly Waiting<Work>[] {
    let bytes = 0;
    let taken = 0;
    for (const waiting of this.queue) {
      if (taken > 0 && bytes + waiting.bytes > this.limits.groupBytes) break;
      bytes += waiting.bytes;
      taken += 1;
    }
    this.queuedBytes -= bytes;
    return this.queue.splice(0, taken);
  }

  /** Refuses what has waited too long, be it behind a disk that hangs. */
  private expire(): void {
    const oldest = performance.now() - this.limits.waitMs;
    while (this.queue.length > 0 && this.queue[0]!.since < oldest) {
      const waiting = this.queue.shift()!;
      this.queuedBytes -= waiting.bytes;
      waiting.reject(new LogUnavailable('timeout', `The event log did not come to it within ${this.limits.waitMs} ms.`));
    }
  }
}
