/** What the brokers of a partition can be asked about the times of its records. */
export interface PartitionTimes {
  /** The first offset whose time is at least this; undefined when there is none. */
  firstAtOrAfter(time: number): Promise<number | undefined>;
  /** The greatest time of the records from one offset (inclusive) to another (exclusive). */
  greatest(from: number, to: number): Promise<number>;
}

/**
 * The time of recording at an offset: the broker's, or the greatest of those before it where a broker's clock lagged, so
 * that it never goes backwards. The same whoever asks, from wherever: it depends on the log alone.
 *
 * One question to a broker, as nearly always no clock lagged; else the lagging stretch is read.
 *
 * @param time the broker's own time at this offset, in milliseconds since 1970
 * @example await raisedTime(times, 0, 1_000) // => 1_000
 */
export async function raisedTime(times: PartitionTimes, offset: number, time: number): Promise<number> {
  if (offset === 0) return time;
  const later = await times.firstAtOrAfter(time + 1);
  return later === undefined || later >= offset ? time : Math.max(time, await times.greatest(later, offset));
}

/** So many places are remembered: one for each reader or writer that goes on where it stopped, and some to spare. */
const PLACES = 16;

/** Remembers the greatest time below some offsets of a partition, so that who goes on where it stopped need not ask. */
export class KnownTimes {
  private readonly below = new Map<number, number>();

  /** The greatest time below this offset, if it is remembered. */
  before(offset: number): number | undefined {
    return offset === 0 ? 0 : this.below.get(offset);
  }

  /** From here on the greatest time below `next` is known. */
  learn(next: number, greatest: number): void {
    this.below.delete(next);
    this.below.set(next, greatest);
    if (this.below.size > PLACES) this.below.delete(this.below.keys().next().value!);
  }
}
