/** One statement's text, and the line on which it begins. */
export interface JsonItem {
  readonly text: string;
  readonly line: number;
}

/**
 * Cuts a stream of lines into the texts of JSON objects, whether each has a line to itself (NDJSON) or all lie in one
 * array, on one line or many. Memory is bound by the longest item and line.
 *
 * Follows braces outside of strings only, so broken JSON comes out as a broken item, not as a broken file.
 */
export async function* jsonItems(lines: AsyncIterable<string>): AsyncGenerator<JsonItem> {
  let kind: 'array' | 'lines' | undefined;
  const cutter = new ArrayCutter();
  let number = 0;
  for await (const raw of lines) {
    number += 1;
    const text = number === 1 && raw.startsWith('\uFEFF') ? raw.slice(1) : raw;
    if (kind === undefined && text.trim() === '') continue;
    kind ??= text.trimStart().startsWith('[') ? 'array' : 'lines';
    if (kind === 'array') yield* cutter.cut(text, number);
    else if (text.trim() !== '') yield { text, line: number };
  }
  const rest = cutter.rest();
  if (rest) yield rest;
}

/** What lies between the brackets of the outermost array, item by item. */
class ArrayCutter {
  private depth = 0;
  private inString = false;
  private escaped = false;
  private parts: string[] = [];
  private begun = 0;

  *cut(text: string, line: number): Generator<JsonItem> {
    let from = this.depth > 1 ? 0 : -1;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (this.inString) this.insideString(code);
      else if (code === QUOTE) this.inString = true;
      else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
        this.depth += 1;
        if (this.depth === 2) {
          from = at;
          this.begun = line;
        }
      } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
        this.depth -= 1;
        if (this.depth === 1 && from >= 0) {
          yield { text: [...this.parts, text.slice(from, at + 1)].join('\n'), line: this.begun };
          this.parts = [];
          from = -1;
        }
      }
    }
    if (from >= 0) this.parts.push(text.slice(from));
  }

  /** An item that never ended. */
  rest(): JsonItem | undefined {
    return this.parts.length > 0 ? { text: this.parts.join('\n'), line: this.begun } : undefined;
  }

  private insideString(code: number): void {
    if (this.escaped) this.escaped = false;
    else if (code === BACKSLASH) this.escaped = true;
    else if (code === QUOTE) this.inString = false;
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
