import { describe, expect, it } from '@jest/globals';
import { calendarOf } from './calendar.js';
import { addDays, doneOf, mondayOf, planWeek, type ToPlan, workDue } from './plan-week.js';

const week = '2026-03-02';
const plan = (more: Partial<ToPlan>) => planWeek({ week, today: week, work: [], reviews: [], next: [], ...more });
const essay = { work: 'w1', title: 'Essay', kind: 'assignment', dueOn: '2026-03-05', handedInOn: null };

describe('a week from due dates and effort', () => {
  it('begins on Monday, whatever the day', () => {
    expect(['2026-03-02', '2026-03-08', '2026-03-01'].map(mondayOf)).toEqual(['2026-03-02', '2026-03-02', '2026-02-23']);
  });
  it('begins work before it is due, in sittings on different days', () => {
    const sittings = plan({ work: [essay] });
    expect(sittings.map(({ on, minutes }) => [on, minutes])).toEqual([['2026-03-02', 45], ['2026-03-03', 15]]);
    expect(sittings.every(({ on }) => on < essay.dueOn)).toBe(true);
  });
  it('gives nothing to days that are over, and nothing for work that is in', () => {
    expect(plan({ today: '2026-03-04', work: [essay] }).every(({ on }) => on >= '2026-03-04')).toBe(true);
    expect(plan({ work: [{ ...essay, handedInOn: '2026-03-01' }] })).toEqual([]);
    expect(plan({ today: '2026-03-12', work: [essay] })).toEqual([]);
  });
  it('has half of what is due next week, and what is overdue at once', () => {
    expect(plan({ work: [{ ...essay, dueOn: '2026-03-11' }] }).reduce((sum, { minutes }) => sum + minutes, 0)).toBe(30);
    expect(plan({ work: [{ ...essay, dueOn: '2026-02-27' }] })[0]!.on).toBe(week);
  });
  it('says what is due whatever is planned: the soonest first, this week, the next, and what is over for two weeks at most', () => {
    const work = ['2026-03-15', '2026-03-16', '2026-02-16', '2026-02-15', '2026-03-05'].map((dueOn) => ({ ...essay, work: dueOn, dueOn }));
    expect(workDue({ week, today: week, work }).map(({ dueOn }) => dueOn)).toEqual(['2026-02-16', '2026-03-05', '2026-03-15']);
    expect(workDue({ week, today: week, work: [{ ...essay, handedInOn: week }] })).toEqual([]);
  });
  it('puts reviews on their day and something new on four quiet days', () => {
    const all = plan({ reviews: [{ skill: 'add', dueOn: '2026-03-06' }, { skill: 'read', dueOn: '2026-02-01' }], next: ['slope', 'vocabulary'] });
    expect(all.filter(({ kind }) => kind === 'review').map(({ on, what }) => [on, what])).toEqual([[week, 'read'], ['2026-03-06', 'add']]);
    expect(all.filter(({ kind }) => kind === 'practice').map(({ what }) => what)).toEqual(['slope', 'vocabulary', 'slope', 'vocabulary']);
  });
  it('takes what was let lie bit by bit', () => {
    const reviews = Array.from({ length: 5 }, (_, n) => ({ skill: `s${n}`, dueOn: '2026-02-01' }));
    expect(plan({ reviews }).map(({ on }) => on)).toEqual([week, week, addDays(week, 1), addDays(week, 1), addDays(week, 2)]);
  });
  it('says what came of it: a day of practice counts once', () => {
    const entries = [{ on: week, kind: 'practice', what: 'add', minutes: 15 }, { on: week, kind: 'practice', what: 'add', minutes: 15 }, { on: week, kind: 'work', what: 'w1', minutes: 45 }] as const;
    const practised = new Map([[addDays(week, 1), new Set(['add'])], [addDays(week, 9), new Set(['add'])]]);
    expect(doneOf(entries, week, { handedIn: new Map([['w1', '2026-03-03']]), practised })).toEqual([true, false, true]);
  });
  it('goes out as a calendar that programs read, without anybody’s name', () => {
    const ics = calendarOf([{ on: week, kind: 'work', what: 'w1', title: { en: 'Essay; part 1' }, minutes: 45, dueOn: '2026-03-05', done: false }], 'en', 'https://pharos.example', new Date('2026-03-01T10:00:00Z'));
    expect(ics).toContain('BEGIN:VCALENDAR');
    expect(ics).toContain('DTSTART;VALUE=DATE:20260302');
    expect(ics).toContain('SUMMARY:Essay\\; part 1 (45 min)');
    expect(ics).toMatch(/^UID:[0-9a-f]{8}-/m);
  });
}); // prettier-ignore
