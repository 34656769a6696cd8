/**
 * Keeps track of appends that are under way, because such a statement may have its time already and not be readable yet.
 *
 * Bound: a log shared with other writers has appends that this process cannot see; there the log itself has to say.
 */
export class InFlight {
  private readonly begun = new Map<symbol, string>();

  constructor(private readonly now: () => Date) {}

  /** Does the append, and remembers until it has ended, well or not, that it is under way. */
  async during<T>(append: () => Promise<T>): Promise<T> {
    const mark = Symbol('append');
    this.begun.set(mark, this.now().toISOString());
    try {
      return await append();
    } finally {
      this.begun.delete(mark);
    }
  }

  /** The beginning of the oldest append under way; now, where there is none. */
  consistentThrough(): string {
    // A map keeps the order of insertion, and the clock goes forward.
    const { value } = this.begun.values().next();
    return value ?? this.now().toISOString();
  }
}
