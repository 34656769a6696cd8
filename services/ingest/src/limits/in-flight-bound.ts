export interface Bounds {
  /** Bytes of all bodies that are held at once. */
  readonly bytes: number;
  /** Requests at once; one sender may have half of them, so that nobody takes the door for themselves. */
  readonly requests: number;
}

export const DEFAULT_BOUNDS: Bounds = { bytes: 256 * 1024 * 1024, requests: 4_000 };

/** Counts what is being answered, and says no before memory runs out. */
export class InFlightBound {
  private bytes = 0;
  private requests = 0;
  private readonly bySender = new Map<string, number>();

  constructor(private readonly bounds: Bounds = DEFAULT_BOUNDS) {}

  /**
   * Lets a request in. A single one is always let in, however large: its size has a bound of its own.
   *
   * @param bytes of its body
   * @returns what to call once it is answered or broken off (calling it again does nothing); undefined where there is no room
   */
  enter(sender: string, bytes: number): (() => void) | undefined {
    const ofSender = this.bySender.get(sender) ?? 0;
    const full = this.requests >= this.bounds.requests || ofSender >= this.bounds.requests / 2 || this.bytes + bytes > this.bounds.bytes;
    if (full && this.requests > 0) return undefined;
    this.requests += 1;
    this.bytes += bytes;
    this.bySender.set(sender, ofSender + 1);
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      this.requests -= 1;
      this.bytes -= bytes;
      const left = this.bySender.get(sender)! - 1;
      if (left > 0) this.bySender.set(sender, left);
      else this.bySender.delete(sender);
    };
  }
}
