/**
 * Lets so much through a second, with a second's worth at once after a rest.
 *
 * One piece may be larger than what is left: it passes while something is left, and the next ones wait until that debt is
 * paid. Otherwise a batch above the limit could never pass. (Which is why no library for windows of requests is used here.)
 */
export class TokenBucket {
  private left: number;
  private at: number;

  /** @param perSecond above 0 @param nowMs a clock that only goes forward */
  constructor(
    private readonly perSecond: number,
    private readonly nowMs: () => number,
  ) {
    this.left = perSecond;
    this.at = nowMs();
  }

  /**
   * Takes an amount where something is left.
   *
   * @returns 0 where it was taken, else milliseconds until something is left again: nothing was taken then
   * @example new TokenBucket(2, clock).take(5) // => 0, and for the next 1,500 ms the answer is how much of them remains
   */
  take(amount: number): number {
    const now = this.nowMs();
    this.left = Math.min(this.perSecond, this.left + ((now - this.at) * this.perSecond) / 1_000);
    this.at = now;
    if (this.left <= 0) return Math.max(1, Math.ceil((-this.left * 1_000) / this.perSecond));
    this.left -= amount;
    return 0;
  }
}
