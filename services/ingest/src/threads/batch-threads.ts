import { Worker } from 'node:worker_threads';
import { type Refusal, type StatementBatch } from '../door/batch.js';
import { type Door } from '../door/door.js';
import { answerCall, errorOf, type Failure, type OwnerCall } from './owner-calls.js';
import { type ThreadFile } from './thread-file.js';

/** A batch as it came: the bytes of its JSON, and who sent them. */
export interface SentBatch extends Pick<StatementBatch, 'tenant' | 'sender' | 'version'> {
  readonly bytes: Uint8Array;
}

/** What came of it. `unread`: it is no JSON that can be taken, and why. */
export type TakenApart =
  | { readonly ok: true; readonly ids: readonly string[] }
  | { readonly ok: false; readonly refused: Refusal }
  | { readonly ok: false; readonly unread: string };

export interface ToTake {
  readonly type: 'take';
  readonly id: number;
  readonly batch: SentBatch;
}

export type FromBatchThread =
  | OwnerCall
  | { readonly type: 'ready' }
  | ({ readonly type: 'taken'; readonly id: number } & ({ readonly taken: TakenApart } | { readonly failure: Failure }));

export interface BatchThreadsOptions {
  readonly door: Door;
  /** How many at most. */
  readonly threads: number;
  /** Bodies from this many bytes on are worth the way to a thread and back; default 32 KiB. */
  readonly fromBytes?: number;
  /** A thread that had nothing to do for so long ends, and gives its memory back; default a minute. */
  readonly idleMs?: number;
  readonly thread?: ThreadFile;
  /** Hears why a thread ended that nobody had ended. Batches are taken without it, and the next one starts another. */
  readonly onError: (error: Error) => void;
}

/** Batches that are taken in threads of their own, so that neither a large one keeps every other request waiting nor one core does all. */
export interface BatchThreads {
  /**
   * @returns what came of it, or undefined where the one who asks has to take it itself: it is small, or no thread is up yet
   * @throws LogUnavailable as the log told it; Error where the thread ended before it answered: whether the batch was taken is not known then
   */
  take(batch: SentBatch): Promise<TakenApart> | undefined;
  /** Ends the threads. Whatever is in hand is told that it has no answer. */
  close(): Promise<void>;
}

const FROM_BYTES = 32 * 1024;
const IDLE_MS = 60_000;

/** The built one. Its young generation is large, since what a batch is made of is garbage when the batch has gone. */
const built: ThreadFile = {
  file: new URL('./batch-thread.js', import.meta.url),
  options: { resourceLimits: { maxYoungGenerationSizeMb: 64 } },
};

/**
 * The door's threads. They start with the first large batch and end when there is nothing for them to do.
 *
 * @example const threads = batchThreads({ door, threads: 1, onError }); await (threads.take(batch) ?? takeHere(batch))
 */
export function batchThreads(options: BatchThreadsOptions): BatchThreads {
  const { door, threads: most, fromBytes = FROM_BYTES, idleMs = IDLE_MS, thread = built, onError } = options;
  const threads = new Set<BatchThread>();
  return {
    take: (batch) => {
      if (batch.bytes.byteLength < fromBytes) return undefined;
      const ready = [...threads].filter((one) => one.ready).sort((a, b) => a.inHand - b.inHand);
      const [freest] = ready;
      if (threads.size < most && (freest === undefined || freest.inHand > 0)) {
        const started: BatchThread = new BatchThread(thread, door, idleMs, (error) => {
          threads.delete(started);
          if (error !== undefined) onError(error);
        });
        threads.add(started);
      }
      return freest?.take(batch);
    },
    close: async () => {
      await Promise.all([...threads].map((one) => one.end()));
    },
  };
}

interface Waiting {
  readonly resolve: (taken: TakenApart) => void;
  readonly reject: (error: Error) => void;
}

class BatchThread {
  ready = false;
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private last = 0;
  private idle: NodeJS.Timeout | undefined;
  private ending = false;

  /** @param ended hears of its end, with the error where nobody asked for it */
  constructor(
    { file, options }: ThreadFile,
    private readonly door: Door,
    private readonly idleMs: number,
    ended: (error: Error | undefined) => void,
  ) {
    this.worker = new Worker(file, { ...options, name: 'batches' });
    // A process that has nothing else to do may end.
    this.worker.unref();
    let failed: Error | undefined;
    this.worker.on('message', (message: FromBatchThread) => {
      this.hear(message);
    });
    this.worker.on('error', (error) => (failed = error instanceof Error ? error : new Error(String(error))));
    this.worker.on('exit', (code) => {
      clearTimeout(this.idle);
      this.ready = false;
      const why = failed ?? new Error(`a thread of the door ended with code ${code}`);
      for (const { reject } of this.waiting.values()) reject(why);
      this.waiting.clear();
      ended(this.ending ? undefined : why);
    });
  }

  get inHand(): number {
    return this.waiting.size;
  }

  take(batch: SentBatch): Promise<TakenApart> {
    clearTimeout(this.idle);
    return new Promise((resolve, reject) => {
      this.waiting.set((this.last += 1), { resolve, reject });
      this.worker.postMessage({ type: 'take', id: this.last, batch } satisfies ToTake);
    });
  }

  async end(): Promise<void> {
    this.ending = true;
    this.ready = false;
    await this.worker.terminate();
  }

  private hear(message: FromBatchThread): void {
    if (message.type === 'ready') {
      this.ready = !this.ending;
      this.rest();
      return;
    }
    if (message.type === 'call') {
      void answerCall(this.door, message, (answer) => {
        this.worker.postMessage(answer);
      });
      return;
    }
    const waiting = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if ('failure' in message) waiting?.reject(errorOf(message.failure));
    else waiting?.resolve(message.taken);
    this.rest();
  }

  /** With nothing in hand it may go after a while. */
  private rest(): void {
    if (this.waiting.size > 0) return;
    clearTimeout(this.idle);
    this.idle = setTimeout(() => void this.end(), this.idleMs).unref();
  }
}
