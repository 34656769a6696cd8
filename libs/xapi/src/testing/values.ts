import fc from 'fast-check';
import { type Extensions, type Json, type LanguageMap, type XapiVersion } from '../statement.js';

/** Arbitraries of the small values that statements are made of. Every value is valid, the odd ones included. */

export const iris = fc.oneof(
  { weight: 4, arbitrary: fc.webUrl({ withQueryParameters: true, withFragments: true }) },
  fc.uuid().map((uuid) => `uuid://${uuid}`),
  fc.constantFrom('course-v1:FUN-MOOC+00002+session01', 'block-v1:a+b@c', 'urn:isbn:0451450523', 'http://example.com/فعل/خواندن'),
);

export const languageTags = fc.constantFrom(
  'en',
  'en-US',
  'fr-CA',
  'zh-Hant-TW',
  'sl-rozaj-biske',
  'de-CH-1901',
  'es-419',
  'x-whatever',
  'i-klingon',
);

export const languageMaps: fc.Arbitrary<LanguageMap> = fc.dictionary(languageTags, fc.string({ maxLength: 20 }), {
  maxKeys: 3,
  noNullPrototype: true,
});

export const json: fc.Arbitrary<Json> = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;

export const extensions: fc.Arbitrary<Extensions> = fc.dictionary(iris, json, { maxKeys: 3, noNullPrototype: true });

const zone = fc.constantFrom('Z', '+00:00', '+05:30', '-08:00');
const fraction = fc.constantFrom('', '.5', '.867219', '.000', '.123456789');

export function timestamps(version: XapiVersion): fc.Arbitrary<string> {
  const dates = fc.date({ min: new Date('1980-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true });
  const full = fc.tuple(dates, fraction, zone).map(([date, digits, offset]) => `${date.toISOString().slice(0, 19)}${digits}${offset}`);
  if (version === '2.0.0') return full;
  return fc.oneof({ weight: 5, arbitrary: full }, fc.constantFrom('2015-11-18T12:17', '20151118T121700Z', '2015-11-18T12:17:00+01'));
}

export const durations = fc.constantFrom('P4W', 'PT4H35M59.14S', 'PT16559.14S', 'P3Y1M29DT4H35M59.14S', 'P3Y', 'PT0S', 'P0.5Y', 'PT1,5M');

/** Numbers that JSON can hold: no NaN, no infinity, and not the zero whose sign JSON loses. */
export const numbers = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value));
