import { describe, expect, it } from '@jest/globals';
import { parseRange } from '../grading/numbers.js';
import { comparableDuration, isDuration } from './duration.js';
import { isMailto, isMediaType, isUuid } from './identifiers.js';
import { isIri, isUri } from './iri.js';
import { isLanguageTag } from './language-tag.js';
import { instantOf, isTimestamp } from './timestamp.js';

describe('an IRI (RFC 3987)', () => {
  it.each([
    'http://example.com',
    'http://example.com/a?b=c/d?e#f/g?h',
    'http://user:pw@example.com:8080/',
    'http://[2001:db8::7]:80/x',
    'http://[v1.fe80]/',
    'block-v1:a+b@c',
    'course-v1:FUN-MOOC+00002+session01',
    'uuid://7d4f3c70-1e79-4243-9b7d-166076ce8bfb',
    'urn:uuid:7d4f3c70-1e79-4243-9b7d-166076ce8bfb',
    'http://example.com/فعل/خواندن',
    'http://例え.テスト/引き割り?鍵=値#断片',
    'http://example.com/%C3%A9',
    'http://example.com/𠀋',
    'file:///etc/x',
    'tag:adlnet.gov,2013:expapi:0.9',
    'mailto:ann@example.org',
    'http://example.com//double',
    'http://example.com/\u{1F600}',
  ])('takes %s', (text) => {
    expect(isIri(text)).toBe(true);
  });

  it.each([
    '',
    'course',
    '/relative',
    '//example.com/x',
    '#fragment',
    '1http://a',
    ':a',
    'http://a b',
    'http://a/%zz',
    'http://a/%4',
    'http://a/<b>',
    'http://a/{b}',
    'http://a/"b"',
    'http://a/b\\c',
    'http://a/b|c',
    'http://a/b^c',
    'http://a/b`c',
    'http://a#b#c',
    'http://a:port/',
    'http://[::1/',
    'http://a/[b]',
    'http://a/\uE000',
    'http://a/\n',
    'http://a/\uD800',
    'ſcheme:a',
  ])('refuses %j', (text) => {
    expect(isIri(text)).toBe(false);
  });

  it('is not a URI where it has characters beyond ASCII', () => {
    expect(isUri('http://example.com/é')).toBe(false);
    expect(isUri('http://example.com/%C3%A9')).toBe(true);
  });
});

describe('a language tag (RFC 5646, appendix A)', () => {
  it.each([
    'de',
    'i-enochian',
    'zh-Hant',
    'zh-cmn-Hans-CN',
    'sl-rozaj-biske',
    'de-CH-1901',
    'hy-Latn-IT-arevela',
    'es-419',
    'x-whatever',
    'qaa-Qaaa-QM-x-southern',
    'en-a-myext-b-another',
    'en-US-u-islamcal',
    'EN-us',
    'ar-a-aaa-b-bbb-a-ccc',
    'und',
  ])('takes %s', (tag) => {
    expect(isLanguageTag(tag)).toBe(true);
  });
  it.each(['', 'a-DE', 'en_US', 'de-419-DE', 'english-muchtoolong', 'en-', '-en', 'en--US', 'x', 'abcdefghi', 'e'])('refuses %j', (tag) => {
    expect(isLanguageTag(tag)).toBe(false);
  });
});

describe('a timestamp', () => {
  it.each([
    ['2021-11-29T23:09:00.867219+00:00', true, true],
    ['2016-12-31T23:59:60Z', true, true],
    ['2020-02-29T00:00:00-08:00', true, true],
    ['2015-11-18T12:17', true, false],
    ['2015-11-18T12:17:00', true, false],
    ['2015-11-18T12:17:00+01', true, false],
    ['2015-11-18T12:17:00,5Z', true, false],
    ['20151118T121700Z', true, false],
    ['2021-02-29T00:00:00Z', false, false],
    ['2020-13-01T00:00:00Z', false, false],
    ['2020-01-01T25:00:00Z', false, false],
    ['2020-01-01T00:60:00Z', false, false],
    ['2020-01-01T00:00:00-00:00', false, false],
    ['2020-01-01T00:00:00-0000', false, false],
    ['2020-01-01T00:00:00-00', false, false],
    ['2020-01-01T00:00:00+25:00', false, false],
    ['2020-01-01 00:00:00Z', false, false],
    ['2020-01-01', false, false],
    ['2020-W01-1T00:00:00Z', false, false],
    ['', false, false],
  ])('%j: 1.0.3 %s, 2.0.0 %s', (text, first, second) => {
    expect([isTimestamp(text, '1.0.3'), isTimestamp(text, '2.0.0')]).toEqual([first, second]);
  });

  it('names an instant to all its digits', () => {
    expect(instantOf('1970-01-01T01:00:00.50+01:00')).toEqual({ seconds: 0, fraction: '5' });
    expect(instantOf('2021-11-29T23:09:00.867219001+00:00')).toEqual({ seconds: 1_638_227_340, fraction: '867219001' });
    expect(instantOf('20211129T180900-0500')).toEqual({ seconds: 1_638_227_340, fraction: '' });
    expect(instantOf('0001-01-01T00:00:00Z')?.seconds).toBe(-62_135_596_800);
    expect(instantOf('tomorrow')).toBeUndefined();
  });
});

describe('a duration (ISO 8601:2004, 4.4.3.2)', () => {
  it.each(['P4W', 'PT4H35M59.14S', 'PT16559.14S', 'P3Y1M29DT4H35M59.14S', 'P3Y', 'P0.5Y', 'PT1,5M', 'PT0S', 'P1DT1S', 'P1.5W'])(
    'takes %s',
    (text) => {
      expect(isDuration(text)).toBe(true);
    },
  );
  it.each(['', 'P', 'PT', 'P4W1D', 'P1DT', 'PT1.5H3M', 'P1S', '-P1D', 'P1M1Y', 'P0003-06-04T12:30:05', 'pt1s', 'PT1S ', 'PT.5S'])(
    'refuses %j',
    (text) => {
      expect(isDuration(text)).toBe(false);
    },
  );
  it('is compared to a hundredth of a second', () => {
    expect(comparableDuration('PT1.509S')).toBe(comparableDuration('PT1,50S'));
    expect(comparableDuration('PT1S')).toBe(comparableDuration('PT1.001S'));
    expect(comparableDuration('PT1.51S')).not.toBe(comparableDuration('PT1.50S'));
    expect(comparableDuration('PT60S')).not.toBe(comparableDuration('PT1M'));
  });
});

describe('other formats', () => {
  it.each([
    [isUuid, '8f87ccde-bb56-4c2e-ab83-44982ef22df0', true],
    [isUuid, '8F87CCDE-BB56-4C2E-AB83-44982EF22DF0', true],
    [isUuid, '8f87ccdebb564c2eab8344982ef22df0', false],
    [isUuid, '{8f87ccde-bb56-4c2e-ab83-44982ef22df0}', false],
    [isMailto, 'mailto:ann+x@example.org', true],
    [isMailto, 'mailto:用户@例え.jp', true],
    [isMailto, 'MAILTO:ann@example.org', false],
    [isMailto, 'mailto:ann@b@c', false],
    [isMailto, 'mailto:a@b.c?subject=x', false],
    [isMailto, 'mailto:a@b.c,d@e.f', false],
    [isMediaType, 'application/vnd.api+json', true],
    [isMediaType, 'text/plain; charset="utf-8"', true],
    [isMediaType, 'text', false],
    [isMediaType, 'text/', false],
  ])('%p of %s: %s', (is, text, expected) => {
    expect(is(text)).toBe(expected);
  });
});

describe('a value of absurd length', () => {
  const zeros = '0'.repeat(200_000);
  const LINEAR: readonly (readonly [string, () => unknown, unknown])[] = [
    ['user part of an IRI', () => isIri(`http://${'a@'.repeat(100_000)}`), false],
    ['percent-encoding', () => isIri(`http://${'%41'.repeat(100_000)} `), false],
    ['path', () => isIri(`a:${'/'.repeat(200_000)}|`), false],
    ['language tag', () => isLanguageTag(`en${'-abcde'.repeat(50_000)}-`), false],
    ['extension of a language tag', () => isLanguageTag(`en${'-a-bb'.repeat(50_000)}-`), false],
    ['duration', () => isDuration(`P${zeros}`), false],
    ['fraction of a duration', () => isDuration(`PT0.${zeros}`), false],
    ['compared duration', () => comparableDuration(`P${zeros}YT1S`).length, zeros.length + 8],
    ['fraction of a second', () => instantOf(`2020-01-01T00:00:00.${zeros}1Z`)?.fraction.length, zeros.length + 1],
    ['mailbox', () => isMailto(`mailto:${'a.'.repeat(100_000)}`), false],
    ['media type', () => isMediaType(`a/b${' '.repeat(200_000)}x`), false],
    ['media type parameters', () => isMediaType(`a/b${';a=b'.repeat(50_000)};`), false],
    ['number', () => parseRange(`${zeros}x`), undefined],
  ];

  it.each(LINEAR)('is judged in linear time: %s', (_, judge, expected) => {
    const started = performance.now();
    expect(judge()).toBe(expected);
    // Quadratic time would be minutes.
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
