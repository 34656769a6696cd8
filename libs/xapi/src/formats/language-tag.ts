/** The ABNF of RFC 5646, section 2.1: language tag, private use, and the grandfathered tags that it lists. */
const LANGTAG =
  '(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})' + // language, with extended language subtags
  '(?:-[a-z]{4})?' + // script
  '(?:-(?:[a-z]{2}|[0-9]{3}))?' + // region
  '(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*' + // variants
  '(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*' + // extensions
  '(?:-x(?:-[a-z0-9]{1,8})+)?'; // private use
const PRIVATE_USE = 'x(?:-[a-z0-9]{1,8})+';
const IRREGULAR =
  'en-GB-oed|i-ami|i-bnn|i-default|i-enochian|i-hak|i-klingon|i-lux|i-mingo|i-navajo|i-pwn|i-tao|i-tay|i-tsu|sgn-BE-FR|sgn-BE-NL|sgn-CH-DE';
const REGULAR = 'art-lojban|cel-gaulish|no-bok|no-nyn|zh-guoyu|zh-hakka|zh-min|zh-min-nan|zh-xiang';

const TAG = new RegExp(`^(?:${LANGTAG}|${PRIVATE_USE}|${IRREGULAR}|${REGULAR})$`, 'i');

/**
 * True for a well-formed language tag. Whether its subtags are registered is not asked.
 *
 * @example isLanguageTag('zh-Hant-TW') // => true
 * @example isLanguageTag('en_US') // => false
 */
export function isLanguageTag(text: string): boolean {
  return TAG.test(text);
}
