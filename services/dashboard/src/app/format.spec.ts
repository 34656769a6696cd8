import { describe, expect, it } from '@jest/globals';
import { formatsOf, shareOf, spanOf, valueOf } from './format.js';

describe('formats', () => {
  const en = formatsOf('en', 'America/New_York');
  const es = formatsOf('es', 'Europe/Madrid');

  it('write numbers as the language does', () => {
    expect(en.number(12_345.6, 1)).toBe('12,345.6');
    expect(es.number(12_345.6, 1)).toBe('12.345,6');
    expect(en.percent(0.834)).toBe('83%');
    expect(es.percent(0.834)).toBe('83\u00a0%');
    expect(en.signed(3)).toBe('+3');
    expect(en.signed(0)).toBe('0');
  });

  it('never move a day by a time zone', () => {
    expect(en.day('2026-03-01')).toBe('Mar 1, 2026');
    expect(formatsOf('en', 'Pacific/Auckland').day('2026-03-01')).toBe('Mar 1, 2026');
  });

  it('know which day it is where the school is, and name it as people plan', () => {
    const moment = Date.parse('2026-11-27T03:48:00Z');
    expect([en.dayAt(moment), es.dayAt(moment)]).toEqual(['2026-11-26', '2026-11-27']);
    expect([en.weekday('2026-11-26'), es.weekday('2026-11-26')]).toEqual(['Thursday, November 26', 'jueves, 26 de noviembre']);
  });

  it('write a moment in the tenant’s time zone', () => {
    expect(en.moment('2026-03-01T02:00:00.000Z')).toContain('Feb 28, 2026');
    expect(es.moment('2026-03-01T02:00:00.000Z')).toContain('1 mar 2026');
  });

  it('say how long ago in the largest unit that fits', () => {
    const now = Date.parse('2026-03-10T00:00:00Z');
    expect(en.ago('2026-03-09T22:00:00Z', now)).toBe('2 hours ago');
    expect(es.ago('2026-03-07T00:00:00Z', now)).toBe('hace 3 días');
    expect(spanOf(400)).toEqual([0, 'second']);
    expect(en.duration(41_210)).toBe('41.2 sec');
  });

  it('tell unknown from zero', () => {
    expect(valueOf({ is: 'value', value: 0 })).toBe(0);
    expect(valueOf({ is: 'suppressed' })).toBeNull();
    expect(shareOf({ is: 'value', value: 1 }, { is: 'value', value: 4 })).toBe(0.25);
    expect(shareOf({ is: 'value', value: 0 }, { is: 'value', value: 0 })).toBeNull();
    expect(shareOf({ is: 'missing' }, { is: 'value', value: 4 })).toBeNull();
  });
});
