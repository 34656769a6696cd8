import { type Chunk } from './chunk.js';

const LINE_FEED = 10;
const COMMA = 44;
const OPEN = 91;
const CLOSE = 93;

export interface Cut {
  /** Facts of the chunk to leave out at its start. */
  readonly skip: number;
  readonly maxFacts: number;
  readonly maxBytes: number;
}

/**
 * The facts of a chunk, parsed: all at once when all are wanted, else line by line. At least one, if one is left after `skip`.
 *
 * @returns the parsed values and how many bytes of JSON they were
 */
export function parseLines({ body, facts }: Chunk, { skip, maxFacts, maxBytes }: Cut): { values: unknown[]; bytes: number } {
  if (skip === 0 && facts <= maxFacts && body.length <= maxBytes) {
    return { values: JSON.parse(body.toString()) as unknown[], bytes: body.length };
  }
  const values: unknown[] = [];
  let bytes = 0;
  let start = 0;
  for (let line = 0; line < facts && values.length < maxFacts && (bytes < maxBytes || values.length === 0); line++) {
    const end = body.indexOf(LINE_FEED, start);
    const stop = end === -1 ? body.length : end;
    if (line >= skip) {
      values.push(JSON.parse(bare(body, start, stop)));
      bytes += stop - start;
    }
    start = stop + 1;
  }
  return { values, bytes };
}

/** A line without the bracket of the array before it, and the comma or bracket after it. */
function bare(body: Buffer, start: number, stop: number): string {
  const from = start === 0 && body[0] === OPEN ? 1 : start;
  const last = body[stop - 1];
  return body.toString('utf8', from, last === COMMA || last === CLOSE ? stop - 1 : stop);
}
