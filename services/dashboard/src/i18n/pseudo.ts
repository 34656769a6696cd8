const accents: Readonly<Record<string, string>> = {
  a: 'á', b: 'ƀ', c: 'ç', d: 'ð', e: 'é', f: 'ƒ', g: 'ĝ', h: 'ĥ', i: 'í', j: 'ĵ', k: 'ķ', l: 'ļ', m: 'ɱ', n: 'ñ', o: 'ó', p: 'þ', q: 'ɋ', r: 'ŕ', s: 'š', t: 'ţ',
  u: 'ú', v: 'ṽ', w: 'ŵ', x: 'ẋ', y: 'ý', z: 'ž', A: 'Á', B: 'Ɓ', C: 'Ç', D: 'Ð', E: 'É', G: 'Ĝ', H: 'Ĥ', I: 'Í', L: 'Ļ', M: 'Ṁ', N: 'Ñ', O: 'Ó', P: 'Þ', R: 'Ŕ',
  S: 'Š', T: 'Ţ', U: 'Ú', W: 'Ŵ', Y: 'Ý',
}; // prettier-ignore

/**
 * A text that can still be read but shows what a translation will do to the page: accents, brackets at both ends (a cut text
 * loses one) and a third more length. What stands in braces is left as it is.
 *
 * @example pseudo('Due {{when}}') // => '⟦Ðúé {{when}} ··⟧'
 */
export function pseudo(text: string): string {
  const parts = text.split(/(\{\{[^}]*\}\}|<[^>]+>)/);
  const said = parts.map((part) => (/^(\{\{|<)/.test(part) ? part : part.replace(/[a-zA-Z]/g, (letter) => accents[letter] ?? letter)));
  return `⟦${said.join('')} ${'·'.repeat(Math.ceil(text.length * 0.3))}⟧`;
}

/** A whole catalogue made so. */
export const pseudoCatalogue = (texts: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, pseudo(text)]));
