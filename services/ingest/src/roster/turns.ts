/** Lets what must not run at the same time run one after the other, by a name. Others go on beside it. */
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>();

  /** @throws what the work throws; the next in turn runs all the same */
  async take<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(name) ?? Promise.resolve();
    const run = before.then(work, work);
    this.last.set(name, run);
    try {
      return await run;
    } finally {
      if (this.last.get(name) === run) this.last.delete(name);
    }
  }
}
