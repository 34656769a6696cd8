export type Path = readonly (string | number)[];

export interface Findings {
  /** Where a key comes again in its object: the first such place. */
  readonly repeated: { readonly path: Path; readonly position: number } | undefined;
  /** Numbers as they are written, each with its place. */
  readonly numbers: readonly { readonly path: Path; readonly literal: string }[];
}

/** A string, a number, or one of the signs that build. Whitespace, commas and words are passed over. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|[{}[\]:,]/gs;

interface Frame {
  readonly list: boolean;
  readonly keys: Set<string>;
  key: string | number;
}

/**
 * Goes over the text of valid JSON with the place of everything: slow, for texts that a scan has found something in.
 *
 * @example walkJson('{"a":1,"a":2}').repeated // => { path: ['a'], position: 7 }
 */
export function walkJson(text: string): Findings {
  const frames: Frame[] = [];
  const numbers: { path: Path; literal: string }[] = [];
  let repeated: Findings['repeated'];
  let wantsKey = false;
  const path = () => frames.map(({ key }) => key);
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const frame = frames.at(-1);
    switch (token[0]) {
      case '{':
      case '[':
        frames.push({ list: token === '[', keys: new Set(), key: 0 });
        wantsKey = token === '{';
        break;
      case '}':
      case ']':
        frames.pop();
        wantsKey = false;
        break;
      case ',':
        if (frame?.list) (frame.key as number)++;
        wantsKey = frame?.list === false;
        break;
      case ':':
        wantsKey = false;
        break;
      case '"':
        if (!wantsKey || !frame) break;
        frame.key = JSON.parse(token) as string;
        if (frame.keys.has(frame.key)) repeated ??= { path: path(), position: index };
        frame.keys.add(frame.key);
        break;
      default:
        numbers.push({ path: path(), literal: token });
    }
  }
  return { repeated, numbers };
}
