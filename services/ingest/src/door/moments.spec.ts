import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { durationSeconds, utcInstant } from './moments.js';

describe('the moment of a timestamp', () => {
  it.each([
    ['2021-11-29T23:09:00.867219+00:00', '2021-11-29T23:09:00.867Z'],
    ['2021-11-29T23:09:00.867Z', '2021-11-29T23:09:00.867Z'],
    ['2021-11-29T23:09:00', '2021-11-29T23:09:00.000Z'],
    ['2021-11-29T23:09-05:30', '2021-11-30T04:39:00.000Z'],
    ['20211129T230900,5+01', '2021-11-29T22:09:00.500Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['2016-12-31T23:59:60.000Z', '2017-01-01T00:00:00.000Z'],
  ])('%s is %s', (written, instant) => {
    expect(utcInstant(written)).toBe(instant);
  });

  it('is the same however the zone is written', () => {
    const dates = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(dates, fc.integer({ min: -14 * 60, max: 14 * 60 }), (date, minutes) => {
        const local = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, -1);
        const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
        const zone = `${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
        expect(utcInstant(local + zone)).toBe(date.toISOString());
      }),
    );
  });
});

describe('seconds of a duration', () => {
  it.each([
    ['PT1M30.5S', 90.5],
    ['P1DT2H', 93_600],
    ['P4W', 2_419_200],
    ['PT0,5S', 0.5],
    ['P1M', undefined],
    ['P1Y2M', undefined],
  ])('%s: %s', (duration, seconds) => {
    expect(durationSeconds(duration)).toBe(seconds);
  });
});
