import { describe, expect, it } from '@jest/globals';
import { type Contribution, type Reason } from '@pharos/facts';
import { changesOf, reasonsOf } from './reasons.js';

const push = (feature: string, value: number | null, reference: number | null, logOdds: number): Contribution => ({
  feature,
  value,
  reference,
  logOdds,
});

describe('reasons from what a score is made of', () => {
  it('tell missed work in numbers that can be checked, with what is usual in the class', () => {
    const reasons = reasonsOf('AAA', [
      push('work_missed', 3, 0, 0.9),
      push('work_due', 4, 4, 0.1),
      push('work_missed_share', 0.75, 0, 0.5),
    ]);
    expect(reasons).toEqual([
      expect.objectContaining({ code: 'work-missed', class: 'AAA', params: { missed: 3, due: 4, classMedian: 0 } }),
    ]);
    expect(reasons[0]!.logOdds).toBeCloseTo(1.5, 12);
  });

  it('stay silent where the facts do not bear the push out', () => {
    expect(reasonsOf('AAA', [push('work_missed', 0, 0, 0.9), push('days_silent', 1, 1, 0.8)])).toEqual([]);
  });

  it('stay silent about what pushes the score down or hardly at all', () => {
    expect(reasonsOf('AAA', [push('work_missed', 3, 0, -0.4), push('days_silent', 20, 1, 0.05)])).toEqual([]);
  });

  it('come strongest first', () => {
    const codes = reasonsOf('AAA', [push('days_silent', 21, 2, 0.4), push('mark_mean', 0.41, 0.75, 1.2)]).map((reason) => reason.code);
    expect(codes).toEqual(['marks-low', 'silent-days']);
  });

  it('say marks as percentages', () => {
    expect(reasonsOf('AAA', [push('mark_mean', 0.412, 0.755, 1.2)])[0]!.params).toEqual({ mean: 41.2, classMedian: 75.5 });
  });

  it('count a pair of features where its first one belongs', () => {
    const [reason] = reasonsOf('AAA', [push('work_missed', 2, 0, 0.2), push('work_missed × mark_mean', null, null, 0.3)]);
    expect(reason!.logOdds).toBeCloseTo(0.5, 12);
  });

  it('turn absences into a share of school days', () => {
    const [reason] = reasonsOf('AAA', [push('attendance_rate', 0.9, 1, 0.5), push('absences', 5, 0, 0.3)]);
    expect(reason!.params).toEqual({ percent: 90, absent: 5, days: 50 });
  });
});

describe('what changed since the week before', () => {
  const reason = (code: string, logOdds: number): Reason => ({ code, class: 'AAA', params: {}, logOdds, features: [] });

  it('names what is new, gone, worse and better, and leaves out what stayed', () => {
    const before = [reason('marks-low', 1), reason('work-missed', 1), reason('silent-days', 1), reason('incidents', 1)];
    const now = [reason('marks-low', 1.1), reason('work-missed', 1.5), reason('silent-days', 0.4), reason('work-late', 0.3)];
    expect(changesOf(before, now).map(({ code, how }) => `${code} ${how}`)).toEqual([
      'work-missed worse',
      'silent-days better',
      'work-late new',
      'incidents gone',
    ]);
  });
});
