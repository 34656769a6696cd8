import { promisify } from 'node:util';
import { constants, zstdCompress, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/**
 * A chunk is what one commit brought for one partition:
 *
 *     byte 0      how the body is packed: 0 as it is, 1 zstd
 *     1 to 4      number of facts
 *     5 to 10     recordedAt of all of them, milliseconds since 1970
 *     11 to 14    bytes of the body when it is unpacked, so that room for it is made once
 *     15 …        a JSON array with one fact on each line
 *
 * JSON never holds a bare line feed, so one fact can be cut out without parsing its neighbours. The time stands in the
 * header and not in the body because it is only known inside the transaction, and packing must not wait for that.
 */
const HEADER_BYTES = 15;
const PLAIN = 0;
const ZSTD = 1;

/**
 * Bounds of a chunk: whoever wants one fact of it unpacks all of it, and a page of the record store wants a hundred, each of
 * another one.
 */
export const MAX_CHUNK_FACTS = 64;
export const MAX_CHUNK_CHARS = 4 * 1024 * 1024;

/** Under this size a body is stored as it is: packing saves half of it, and unpacking takes four times as long as parsing. */
const MIN_PACKED_CHARS = 3_000;

/** Up to this size packing takes about half a millisecond; a hop to the thread pool costs this thread as much, and others more. */
const MAX_PACKED_AT_ONCE_CHARS = 256 * 1024;

/** Least room that is made for a result. */
const MIN_ROOM_BYTES = 1024;

/** Level 1: level 3 packs no smaller (10.5 times against 10.7, statements by the 500) and takes half as long again. The checksum finds a body that rotted on disk. */
const settings = { params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 } };
const packAside = promisify(zstdCompress);

export interface Chunk {
  readonly facts: number;
  /** Milliseconds since 1970. */
  readonly recordedAt: number;
  /** The JSON array, one fact on each line. */
  readonly body: Buffer;
}

/** Cuts the lines of a partition into chunks within the bounds; a single fact over the bound is a chunk of its own. */
export function chunksOf(lines: readonly string[]): readonly (readonly string[])[] {
  const chunks: string[][] = [];
  let current: string[] = [];
  let chars = 0;
  for (const line of lines) {
    if (current.length > 0 && (current.length === MAX_CHUNK_FACTS || chars + line.length > MAX_CHUNK_CHARS)) {
      chunks.push(current);
      current = [];
      chars = 0;
    }
    current.push(line);
    chars += line.length;
  }
  if (current.length > 0) chunks.push(current);
  return chunks;
}

/**
 * Packs facts (JSON texts) off the event loop when there is much of them. `stampChunk` completes it.
 *
 * @param charsInAll how much is packed together with them, where it is one chunk of several
 */
export async function packChunk(lines: readonly string[], charsInAll = 0): Promise<Buffer> {
  const body = `[${lines.join(',\n')}]`;
  if (Math.max(charsInAll, body.length) <= MAX_PACKED_AT_ONCE_CHARS) return packSmall(body, lines.length);
  const bytes = Buffer.from(body);
  return frame(ZSTD, lines.length, bytes.length, await packAside(bytes, settingsFor(bytes)));
}

/** The same at once, for the rare case that is found only inside the transaction. */
export function packChunkNow(lines: readonly string[]): Buffer {
  return packSmall(`[${lines.join(',\n')}]`, lines.length);
}

/** Writes the time of recording (milliseconds since 1970) into a packed chunk. */
export function stampChunk(chunk: Buffer, recordedAt: number): void {
  chunk.writeUIntBE(recordedAt, 5, 6);
}

/** How many facts a stored chunk holds, without unpacking it. */
export function factsOf(chunk: Buffer): number {
  return chunk.readUInt32BE(1);
}

/** Unpacks a stored chunk. @throws RangeError when it is packed in a way that this release does not know */
export function unpackChunk(chunk: Buffer): Chunk {
  const packed = chunk.subarray(HEADER_BYTES);
  const how = chunk[0];
  if (how !== PLAIN && how !== ZSTD)
    throw new RangeError(`a chunk of the log is packed as ${String(how)}, which this release does not know`);
  const bytes = chunk.readUInt32BE(11);
  // Node makes room for 64 KiB at a time unless told better, which is dear for a body of 5.
  const body = how === ZSTD ? zstdDecompressSync(packed, { chunkSize: Math.max(MIN_ROOM_BYTES, bytes) }) : packed;
  return { facts: factsOf(chunk), recordedAt: chunk.readUIntBE(5, 6), body };
}

/**
 * Gives the room of an unpacked body back at once; nobody may read the body afterwards. A page of the record store unpacks
 * 9 MB, and so much outside of its heap makes V8 collect the whole heap (60 ms) at every sixth page if it has to find out itself.
 *
 * What is a part of something larger, such as Node's pool of small buffers or a value of LMDB, is left alone.
 */
export function releaseChunk({ body }: Chunk): void {
  if (body.length > Buffer.poolSize && body.buffer.byteLength === body.length) (body.buffer as ArrayBuffer).transfer(0);
}

function packSmall(body: string, facts: number): Buffer {
  const bytes = Buffer.from(body);
  if (body.length < MIN_PACKED_CHARS) return frame(PLAIN, facts, bytes.length, bytes);
  return frame(ZSTD, facts, bytes.length, zstdCompressSync(bytes, settingsFor(bytes)));
}

/** Told how much comes, zstd makes its tables no larger than that; a quarter of it is room for nearly every result. */
function settingsFor({ length }: Buffer) {
  return { ...settings, pledgedSrcSize: length, chunkSize: Math.max(MIN_ROOM_BYTES, length >> 2) };
}

function frame(how: number, facts: number, bytes: number, body: Buffer): Buffer {
  const chunk = Buffer.allocUnsafe(HEADER_BYTES + body.length);
  chunk[0] = how;
  chunk.writeUInt32BE(facts, 1);
  chunk.writeUIntBE(0, 5, 6);
  chunk.writeUInt32BE(bytes, 11);
  body.copy(chunk, HEADER_BYTES);
  return chunk;
}
