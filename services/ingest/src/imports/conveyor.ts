/**
 * Keeps a bounded number of batches under way, so that the next one is built while the log flushes the one before.
 * The first failure stops it: every later call throws it.
 */
export class Conveyor {
  private readonly running = new Set<Promise<void>>();
  private failure: { readonly error: unknown } | undefined;

  constructor(private readonly limit: number) {}

  /** Resolves as soon as there is room for one more. */
  async add(work: () => Promise<void>): Promise<void> {
    this.check();
    const run = work()
      .catch((error: unknown) => {
        this.failure ??= { error };
      })
      .finally(() => this.running.delete(run));
    this.running.add(run);
    while (this.running.size >= this.limit) await Promise.race(this.running);
    this.check();
  }

  /** Resolves when everything added has ended. */
  async drain(): Promise<void> {
    await Promise.all(this.running);
    this.check();
  }

  private check(): void {
    if (this.failure) throw this.failure.error;
  }
}
