import { type Position } from '@pharos/event-log';

/** After about so many characters text becomes bytes: what is left of it then is nothing that a collector has to look through. */
const PENDING_CHARS = 256 * 1024;
const NEW_LINE = 0x0a;

/** Rows of one table as the engine takes them, a line each, and for each the place of the fact that it came from. */
export interface PlacedLines {
  readonly bytes: Buffer;
  readonly places: readonly Position[];
}

/** Room of a table that was not written before; it doubles as it fills. */
const LEAST_ROOM_BYTES = 64 * 1024;
/** What is kept for the next batch. A batch of huge statements is rare, and its room is better given back. */
const MOST_ROOM_BYTES = 32 * 1024 * 1024;
/** One is filled while the engine reads another. */
const ROOMS_PER_TABLE = 2;
/** UTF-8 takes at most three bytes for a UTF-16 unit. */
const BYTES_PER_UNIT = 3;

/** Memory for rows that is used again: made anew for each batch, the system fills it with zeros page by page, a tenth of the fold's time. */
export class Rooms {
  private readonly free = new Map<string, Buffer[]>();

  take(table: string): Buffer {
    return this.free.get(table)?.pop() ?? Buffer.allocUnsafeSlow(LEAST_ROOM_BYTES);
  }

  /** @param room nobody reads it any longer */
  give(table: string, room: Buffer): void {
    const free = this.free.get(table) ?? [];
    if (free.length < ROOMS_PER_TABLE && room.length <= MOST_ROOM_BYTES) this.free.set(table, [...free, room]);
  }
}

/**
 * Gathers the rows of one table as bytes. Facts and rows themselves are let go of at once: kept until the engine has them, they
 * cost a collector more than a third of the fold's time.
 */
export class TableText {
  private pending: string[] = [];
  private pendingChars = 0;
  private length = 0;
  private readonly places: Position[] = [];

  /** @param room where the bytes are written; a larger one takes its place when it is full */
  constructor(private room: Buffer) {}

  /** @param line ends with a line feed, and holds no other */
  add(line: string, place: Position): void {
    this.pending.push(line);
    this.pendingChars += line.length;
    this.places.push(place);
    if (this.pendingChars > PENDING_CHARS) this.pack();
  }

  all(): PlacedLines {
    this.pack();
    return { bytes: this.room.subarray(0, this.length), places: this.places };
  }

  /** The room, for the next batch. What `all` gave is spoilt by then. */
  leave(): Buffer {
    return this.room;
  }

  private pack(): void {
    const needed = this.length + this.pendingChars * BYTES_PER_UNIT;
    if (needed > this.room.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.room.length * 2));
      this.room.copy(larger, 0, 0, this.length);
      this.room = larger;
    }
    this.length += this.room.write(this.pending.join(''), this.length);
    this.pending = [];
    this.pendingChars = 0;
  }
}

/** The first and the second half of the rows, so that a row which the engine refuses is found. */
export function halvesOf({ bytes, places }: PlacedLines): readonly [PlacedLines, PlacedLines] {
  const middle = places.length >> 1;
  let end = 0;
  for (let row = 0; row < middle; row++) end = bytes.indexOf(NEW_LINE, end) + 1;
  return [
    { bytes: bytes.subarray(0, end), places: places.slice(0, middle) },
    { bytes: bytes.subarray(end), places: places.slice(middle) },
  ];
}
