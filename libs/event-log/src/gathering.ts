/** Those who gather facts before they work on them, until somebody waits for the outcome. */
export class Gathering {
  private readonly waiters = new Set<() => void>();

  /** Somebody waits: nobody gathers any longer. */
  end(): void {
    for (const wake of [...this.waiters]) wake();
  }

  /** Resolves when somebody waits, or after the time. */
  wait(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.waiters.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, timeoutMs);
      this.waiters.add(wake);
    });
  }
}
