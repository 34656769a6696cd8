import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';
import { type Topic } from '@pharos/facts';
import { type Stored } from '../event-log.js';

/** Version of the layout. A newer one is refused. */
const FORMAT = 1;
/** A segment is written once and read when all else is gone: half as many bytes as level 1 are worth the time. */
const compression = { params: { [constants.ZSTD_c_compressionLevel]: 9, [constants.ZSTD_c_checksumFlag]: 1 } };
const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** What a segment says of itself, so that bytes found without any index still tell where they belong. */
export interface SegmentHead {
  readonly epoch: string;
  readonly topic: Topic;
  readonly partition: number;
  /** Offset of its first fact; the others follow one by one. */
  readonly first: number;
  readonly facts: number;
  /** Key of the segment before it: from the last one of a partition all can be found. Null for the first. */
  readonly previous: string | null;
}

interface Line {
  readonly at: string;
  readonly trace?: string;
  readonly stored: unknown;
}

/** Bytes do not tell of a segment of this release. */
export class SegmentRefused extends Error {
  override readonly name = 'SegmentRefused';
}

/**
 * A run of one partition as bytes: a line that says where it belongs and a line of JSON for each fact, packed with zstd.
 *
 * @example const key = await blobs.put(await encodeSegment({ epoch, topic: 'roster', partition: 0, previous: null }, stored));
 */
export async function encodeSegment(
  place: Omit<SegmentHead, 'first' | 'facts'>,
  stored: readonly [Stored, ...(readonly Stored[])],
): Promise<Buffer> {
  const head = { format: FORMAT, ...place, first: stored[0].position.offset, facts: stored.length };
  const lines = stored.map(({ recordedAt, trace, stored: fact }): Line => ({
    at: recordedAt,
    ...(trace === undefined ? {} : { trace }),
    stored: fact,
  }));
  return compress(Buffer.from([head, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('')), compression);
}

/** @throws SegmentRefused when the bytes are no segment, of a newer release, or hold another number of facts than they say */
export async function decodeSegment(bytes: Uint8Array): Promise<{ readonly head: SegmentHead; readonly stored: readonly Stored[] }> {
  const [first, ...lines] = (await decompress(bytes)).toString().split('\n').slice(0, -1);
  const { format, ...head } = JSON.parse(first ?? 'null') as SegmentHead & { readonly format: number };
  if (format !== FORMAT) throw new SegmentRefused(`a segment has the layout ${String(format)}; this release reads ${FORMAT}`);
  if (lines.length !== head.facts) throw new SegmentRefused(`a segment says ${head.facts} facts and holds ${lines.length}`);
  const { topic, partition } = head;
  const stored = lines.map((line, index): Stored => {
    const { at, trace, stored: fact } = JSON.parse(line) as Line;
    const position = { topic, partition, offset: head.first + index };
    return { position, recordedAt: at, stored: fact, ...(trace === undefined ? {} : { trace }) };
  });
  return { head, stored };
}
