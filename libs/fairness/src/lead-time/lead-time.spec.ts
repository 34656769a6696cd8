import { describe, expect, it } from '@jest/globals';
import { randomFrom } from '../random.js';
import { leadTimes } from './lead-time.js';

describe('lead time', () => {
  it('is the mean of the weeks before the outcome, of those who were named', () => {
    const report = leadTimes({ weeks: [8, null, 2, 4, 6], groups: { letter: ['a', 'a', 'a', 'b', 'b'] }, person: [1, 2, 3, 4, 5], seed: 1, resamples: 200, minimumGroup: 1 });
    expect(report.overall).toMatchObject({ n: 5, named: 4, weeks: { value: 5 } });
    expect(report.attributes[0]!.groups.map(({ group, n, named, weeks }) => [group, n, named, weeks.value])).toEqual([
      ['a', 3, 2, 5],
      ['b', 2, 2, 5],
    ]);
    const { low, high } = report.overall.weeks;
    expect(low!).toBeLessThan(5);
    expect(high!).toBeGreaterThan(5);
  });

  it('shows a group that is warned of three weeks later', () => {
    const random = randomFrom(3);
    const letter = Array.from({ length: 400 }, () => (random() < 0.5 ? 'a' : 'b'));
    const weeks = letter.map((group) => (random() < 0.2 ? null : Math.round(random() * 6) + (group === 'a' ? 4 : 1)));
    const [a, b] = leadTimes({ weeks, groups: { letter }, person: letter.map((_, row) => row), seed: 1, resamples: 200 }).attributes[0]!.groups;
    expect(a!.weeks.value! - b!.weeks.value!).toBeCloseTo(3, 0);
    expect(a!.weeks.low!).toBeGreaterThan(b!.weeks.high!);
  });

  it('has no number for too few, nor for those whom nobody named', () => {
    const report = leadTimes({ weeks: [null, null, 3], groups: { letter: ['a', 'a', 'b'] }, person: [1, 2, 3], seed: 1, resamples: 20, minimumGroup: 2 });
    expect(report.attributes[0]!.groups.map(({ weeks }) => weeks.reason)).toEqual(['no one of the group was named in time', 'fewer than 2 people']);
  });
});
