const DURATION = /^P(?:([\d.,]+)W|(?:([\d.,]+)D)?(?:T(?:([\d.,]+)H)?(?:([\d.,]+)M)?(?:([\d.,]+)S)?)?)$/;
/** What most platforms send: only the digits after the milliseconds and the way UTC is written differ. */
const IN_UTC = /^.{10}T.{8}\.\d{3}\d*(?:Z|\+00:00)$/;
const BASIC = /^(\d{4})-?(\d\d)-?(\d\d)T(\d\d):?(\d\d):?(\d\d)?(?:[.,](\d+))?(Z|[+-]\d\d(?::?\d\d)?)?$/;

/**
 * The moment of a valid xAPI timestamp in UTC, cut to milliseconds: facts are compared by it as text. The statement
 * keeps what was sent. Without a zone it is read as UTC; a leap second is the second after.
 *
 * @example utcInstant('2021-11-29T23:09:00.867219+00:00') // => '2021-11-29T23:09:00.867Z'
 */
export function utcInstant(timestamp: string): string {
  if (IN_UTC.test(timestamp) && timestamp.charAt(17) !== '6') return timestamp.length === 24 ? timestamp : `${timestamp.slice(0, 23)}Z`;
  const [, year, month, day, hour, minute, second, fraction = '', zone] = BASIC.exec(timestamp) ?? [];
  if (year === undefined) throw new RangeError('not a timestamp');
  const moment = new Date(0);
  moment.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  moment.setUTCHours(Number(hour), Number(minute) - offsetMinutes(zone), Number(second ?? 0), Number(fraction.slice(0, 3).padEnd(3, '0')));
  return moment.toISOString();
}

function offsetMinutes(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', ''));
  return zone.startsWith('-') ? -minutes : minutes;
}

/**
 * Seconds of a valid ISO 8601 duration; undefined for one in months or years, which have no fixed length.
 *
 * @example durationSeconds('PT1M30.5S') // => 90.5
 */
export function durationSeconds(duration: string): number | undefined {
  const match = DURATION.exec(duration);
  if (match === null) return undefined;
  const [weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number((part ?? '0').replace(',', '.')));
  return (((weeks! * 7 + days!) * 24 + hours!) * 60 + minutes!) * 60 + seconds!;
}
