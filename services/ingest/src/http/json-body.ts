import { isUtf8 } from 'node:buffer';
import { type ExactNumber, isExact } from '../json/exact-numbers.js';
import { child } from '@pharos/xapi';
import { countKeys, scanJson } from '../json/scan-json.js';
import { type Path, walkJson } from '../json/walk-json.js';

export type ParsedBody =
  /** `numbers`: those that a double does not hold, as they were written. */
  | { readonly ok: true; readonly value: unknown; readonly numbers: readonly ExactNumber[] }
  | { readonly ok: false; readonly reason: string };

/** A body of JSON as it came. It is read when somebody asks what it says, and once: a thread that takes it reads its own. */
export class JsonBody {
  private read: ParsedBody | undefined;

  constructor(readonly bytes: Buffer) {}

  get parsed(): ParsedBody {
    return (this.read ??= parseJson(this.bytes));
  }
}

/** What comes after walks over values by calling itself. No statement or roster has a tenth of these levels. */
export const MOST_LEVELS = 1_000;

/** A body that is not what its type says. One sentence for whoever sent it. */
export class BadBody extends Error {
  override readonly name = 'BadBody';
}

const BOM = 0xfeff;

/**
 * Reads a request's bytes as JSON, once. No object may have a key twice: which one is meant, nobody can say.
 *
 * @example parseJson(Buffer.from('[1')) // => { ok: false, reason: 'The body is not JSON: …' }
 */
export function parseJson(bytes: Buffer): ParsedBody {
  if (!isUtf8(bytes)) return { ok: false, reason: 'The body is not UTF-8.' };
  const read = bytes.toString('utf8');
  const text = read.charCodeAt(0) === BOM ? read.slice(1) : read;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, reason: `The body is not JSON: ${placeOf(error)}.` };
  }
  const { keys, depth, inexact: hasInexact } = scanJson(bytes);
  if (depth > MOST_LEVELS) return { ok: false, reason: `The body nests ${depth} levels deep; ${MOST_LEVELS} are taken.` };
  const repeats = keys !== countKeys(value);
  if (!repeats && !hasInexact) return { ok: true, value, numbers: [] };
  const { repeated, numbers } = walkJson(text);
  if (repeated)
    return {
      ok: false,
      reason: `The body has a key twice in one object: ${pathText(repeated.path)}, again at position ${repeated.position}.`,
    };
  const inexact = numbers.filter(({ literal }) => !isExact(literal));
  return { ok: true, value, numbers: inexact.map(({ path, literal }) => [path, literal]) };
}

const pathText = (path: Path) => path.reduce<string>(child, '');

/** The engine's message quotes the text around the place, which may name people: only the position is told on. */
function placeOf(error: unknown): string {
  const [, position] = /position (\d+)/.exec(error instanceof Error ? error.message : '') ?? [];
  return position === undefined ? 'it ends too early' : `unexpected character at position ${position}`;
}
