import { type XapiVersion } from '../statement.js';

const EXTENDED = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(Z|[+-]\d\d(?::?\d\d)?)?$/;
const BASIC = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(?:(\d\d)(?:[.,](\d+))?)?(Z|[+-]\d\d(?:\d\d)?)?$/;
const RFC_3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/;
const NO_OFFSET_KNOWN = /-00(?::?00)?$/;

/** A moment to any precision: whole seconds since 1970, and the digits of the fraction without trailing zeros. */
export interface Instant {
  readonly seconds: number;
  readonly fraction: string;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function matched(text: string, version: XapiVersion): RegExpExecArray | null {
  const match = version === '2.0.0' ? RFC_3339.exec(text) : (EXTENDED.exec(text) ?? BASIC.exec(text));
  if (match === null) return null;
  const month = Number(match[2]);
  const day = Number(match[3]);
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(Number(match[1]), month)) return null;
  // 60 is a leap second, which ISO 8601 and RFC 3339 can both write.
  if (Number(match[4]) > 23 || Number(match[5]) > 59 || (match[6] !== undefined && Number(match[6]) > 60)) return null;
  const zone = match[8];
  if (zone !== undefined && zone !== 'Z') {
    if (NO_OFFSET_KNOWN.test(zone) || Number(zone.slice(1, 3)) > 23 || Number(zone.slice(3).replace(':', '')) > 59) return null;
  }
  return match;
}

/**
 * True for a timestamp: ISO 8601 date and time in 1.0.3 (zone recommended), its profile RFC 3339 in 2.0.0 (zone
 * and seconds required). `-00:00` is refused in both: ISO 8601 has no such offset.
 *
 * @example isTimestamp('2021-11-29T23:09:00.867219+00:00', '1.0.3') // => true
 */
export function isTimestamp(text: string, version: XapiVersion): boolean {
  return matched(text, version) !== null;
}

function offsetSeconds(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', ''));
  return (zone.startsWith('-') ? -minutes : minutes) * 60;
}

/** By hand, because /0+$/ takes quadratic time on a long row of zeros before another digit. */
function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits.charCodeAt(end - 1) === 48) end--;
  return digits.slice(0, end);
}

/**
 * The moment that a timestamp names, to all the digits it was written with. Without a zone it is read as UTC.
 *
 * @returns undefined when the text is no timestamp
 * @example instantOf('1970-01-01T01:00:00.50+01:00') // => { seconds: 0, fraction: '5' }
 */
export function instantOf(text: string): Instant | undefined {
  const match = matched(text, '1.0.3');
  if (match === null) return undefined;
  // Date.UTC takes years 0 to 99 for 1900 to 1999; four hundred years are a whole number of days later.
  const midnight = Date.UTC(Number(match[1]) + 400, Number(match[2]) - 1, Number(match[3])) / 1000 - 12_622_780_800;
  const time = Number(match[4]) * 3600 + Number(match[5]) * 60 + Number(match[6] ?? 0);
  return { seconds: midnight + time - offsetSeconds(match[8]), fraction: withoutTrailingZeros(match[7] ?? '') };
}

const IN_UTC = /Z$|[+]00:00$/;

/**
 * The same moment in UTC, to all its digits, as 2.0 wants it answered. What is in UTC already stays as it was written.
 *
 * @example timestampInUtc('2021-11-29T23:09:00.867219+02:00') // => '2021-11-29T21:09:00.867219Z'
 */
export function timestampInUtc(text: string): string {
  const instant = IN_UTC.test(text) ? undefined : instantOf(text);
  if (instant === undefined) return text;
  const { seconds, fraction } = instant;
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}${fraction === '' ? '' : `.${fraction}`}Z`;
}
