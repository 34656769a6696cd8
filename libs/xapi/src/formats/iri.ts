/**
 * Internationalized Resource Identifiers by the grammar of RFC 3987, section 2.2, absolute ones only
 * (a statement's identifiers need a scheme). One regular expression without nested repetition: linear in the input.
 */
const UCSCHAR =
  '\\u00A0-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFEF' +
  '\\u{10000}-\\u{1FFFD}\\u{20000}-\\u{2FFFD}\\u{30000}-\\u{3FFFD}\\u{40000}-\\u{4FFFD}\\u{50000}-\\u{5FFFD}' +
  '\\u{60000}-\\u{6FFFD}\\u{70000}-\\u{7FFFD}\\u{80000}-\\u{8FFFD}\\u{90000}-\\u{9FFFD}\\u{A0000}-\\u{AFFFD}' +
  '\\u{B0000}-\\u{BFFFD}\\u{C0000}-\\u{CFFFD}\\u{D0000}-\\u{DFFFD}\\u{E1000}-\\u{EFFFD}';
const PRIVATE = '\\uE000-\\uF8FF\\u{F0000}-\\u{FFFFD}\\u{100000}-\\u{10FFFD}';
const PERCENT = '%[0-9A-Fa-f]{2}';
const NAME = "A-Za-z0-9\\-._~!$&'()*+,;=";

function pattern(ucs: string, iprivate: string): RegExp {
  const repeated = (extra: string) => `(?:[${NAME}${ucs}${extra}]|${PERCENT})*`;
  const ipLiteral = `\\[(?:[0-9A-Fa-f:.]+|[vV][0-9A-Fa-f]+\\.[${NAME}:]+)\\]`;
  const authority = `(?:${repeated(':')}@)?(?:${ipLiteral}|${repeated('')})(?::[0-9]*)?(?=[/?#]|$)`;
  return new RegExp(
    `^[A-Za-z][A-Za-z0-9+.\\-]*:(?://${authority}|(?!//))${repeated(':@/')}` +
      `(?:\\?${repeated(`:@/?${iprivate}`)})?(?:#${repeated(':@/?')})?$`,
    'u',
  );
}

const IRI = pattern(UCSCHAR, PRIVATE);
const URI = pattern('', '');

// Nearly all addresses are plain ASCII without percent-encoding or user part. Loops over one character class run
// several times faster than those over alternatives, so they are recognised first.
const PLAIN = new RegExp(
  `^[A-Za-z][A-Za-z0-9+.\\-]*:(?://[A-Za-z0-9\\-._~]*(?::[0-9]*)?(?=[/?#]|$)|(?!//))[${NAME}:@/]*(?:\\?[${NAME}:@/?]*)?(?:#[${NAME}:@/?]*)?$`,
);

/**
 * True for an absolute IRI.
 *
 * @example isIri('block-v1:a+b@c') // => true
 * @example isIri('verbs/answered') // => false, no scheme
 */
export function isIri(text: string): boolean {
  return PLAIN.test(text) || IRI.test(text);
}

/** True for an absolute URI (RFC 3986): an IRI whose characters are all ASCII. */
export function isUri(text: string): boolean {
  return PLAIN.test(text) || URI.test(text);
}
