import { isUtf8 } from 'node:buffer';

export type ParsedBody = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string };

/** A body that is not what its type says. One sentence for whoever sent it. */
export class BadBody extends Error {
  override readonly name = 'BadBody';
}

const BOM = 0xfeff;

/**
 * Reads a request's bytes as JSON, once.
 *
 * @example parseJson(Buffer.from('[1')) // => { ok: false, reason: 'The body is not JSON: …' }
 */
export function parseJson(bytes: Buffer): ParsedBody {
  if (!isUtf8(bytes)) return { ok: false, reason: 'The body is not UTF-8.' };
  const text = bytes.toString('utf8');
  try {
    const value: unknown = JSON.parse(text.charCodeAt(0) === BOM ? text.slice(1) : text);
    return { ok: true, value };
  } catch (error) {
    return { ok: false, reason: `The body is not JSON: ${placeOf(error)}.` };
  }
}

/** The engine's message quotes the text around the place, which may name people: only the position is told on. */
function placeOf(error: unknown): string {
  const [, position] = /position (\d+)/.exec(error instanceof Error ? error.message : '') ?? [];
  return position === undefined ? 'it ends too early' : `unexpected character at position ${position}`;
}
