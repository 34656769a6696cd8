/**
 * The characterstring parameters of response patterns, `{name=value}` (part two, 2.4.4.1, "Characterstring parameters").
 * Unknown or malformed ones are left in the text: they may be part of an answer.
 */
export interface ListParameters {
  readonly caseMatters: boolean;
  readonly orderMatters: boolean;
}

export interface Item {
  readonly text: string;
  /** RFC 5646 tag, lower case, where the item states its language. */
  readonly language: string | undefined;
}

export interface CharacterList extends ListParameters {
  readonly items: readonly Item[];
}

const LIST_PARAMETER = /^\{(case_matters|order_matters)=(true|false)\}/;
const LANGUAGE = /^\{lang=([A-Za-z0-9-]+)\}/;

function itemOf(written: string): Item {
  const match = LANGUAGE.exec(written);
  return match === null
    ? { text: written, language: undefined }
    : { text: written.slice(match[0].length), language: match[1]!.toLowerCase() };
}

/**
 * Splits a pattern or a response into its items.
 *
 * @example parseList('{case_matters=true}{lang=en}Paris[,]Rome').items[0] // => { text: 'Paris', language: 'en' }
 */
export function parseList(written: string): CharacterList {
  let rest = written;
  let caseMatters = false;
  let orderMatters = true;
  let language = '';
  for (;;) {
    const parameter = LIST_PARAMETER.exec(rest);
    // Some writers put the first item's language before the parameters of the list.
    const early = parameter === null && language === '' ? LANGUAGE.exec(rest) : null;
    if (early !== null && LIST_PARAMETER.test(rest.slice(early[0].length))) {
      language = early[0];
      rest = rest.slice(early[0].length);
      continue;
    }
    if (parameter === null) break;
    if (parameter[1] === 'case_matters') caseMatters = parameter[2] === 'true';
    else orderMatters = parameter[2] === 'true';
    rest = rest.slice(parameter[0].length);
  }
  return { caseMatters, orderMatters, items: (language + rest).split('[,]').map(itemOf) };
}

/** True when two items state languages of which neither contains the other: `en` and `en-us` agree, `en` and `fr` do not. */
function differInLanguage(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined || a === b) return false;
  return !a.startsWith(`${b}-`) && !b.startsWith(`${a}-`);
}

/** Compares two texts as the parameters of the pattern say. Composed and decomposed letters are the same. */
export function itemsMatch(expected: Item, given: Item, caseMatters: boolean): boolean {
  if (differInLanguage(expected.language, given.language)) return false;
  const a = expected.text.normalize('NFC');
  const b = given.text.normalize('NFC');
  return caseMatters ? a === b : a.toLowerCase() === b.toLowerCase();
}

/**
 * How many expected items find a given one of their own.
 *
 * @param match must be an equivalence within each list as far as it pairs, else a pairing may be missed
 */
export function matches<E, G>(expected: readonly E[], given: readonly G[], inOrder: boolean, match: (e: E, g: G) => boolean): number {
  if (inOrder) return expected.filter((item, index) => index < given.length && match(item, given[index]!)).length;
  const left = [...given];
  return expected.filter((item) => {
    const index = left.findIndex((candidate) => match(item, candidate));
    if (index !== -1) left.splice(index, 1);
    return index !== -1;
  }).length;
}
