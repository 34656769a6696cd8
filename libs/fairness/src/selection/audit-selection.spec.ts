import { describe, expect, it } from '@jest/globals';
import { randomFrom } from '../random.js';
import { auditSelection, type NamedLearners } from './audit-selection.js';

/** Learners of groups a and b, named with the rates given. */
const namedBy = (rates: Readonly<Record<string, number>>, n: number, seed: number): NamedLearners => {
  const random = randomFrom(seed);
  const letter = Array.from({ length: n }, () => (random() < 0.6 ? 'a' : 'b'));
  return { flagged: letter.map((group) => (random() < rates[group]! ? 1 : 0)), groups: { letter }, person: letter.map((_, row) => row) };
};

describe('selection without outcomes', () => {
  it('gives each group its rate and how it moved', () => {
    const before = { flagged: [1, 0, 0, 0, 1, 1], groups: { letter: ['a', 'a', 'a', 'a', 'b', 'b'] }, person: [1, 2, 3, 4, 5, 6] };
    const now = { flagged: [1, 1, 0, 0, 0, 1], groups: { letter: ['a', 'a', 'a', 'a', 'b', 'b'] }, person: [1, 2, 3, 4, 5, 6] };
    const [a, b] = auditSelection({ now, before, seed: 1, resamples: 50, minimumGroup: 1 }).attributes[0]!.groups;
    expect([a!.selectionRate.value, a!.before, a!.shift.value]).toEqual([0.5, 0.25, 0.25]);
    expect([b!.selectionRate.value, b!.before, b!.shift.value]).toEqual([0.5, 1, -0.5]);
  });

  it('covers a shift that is there and one that is not: 95 of 100 intervals hold the truth', () => {
    let [held, moved] = [0, 0];
    const worlds = 60;
    for (let seed = 0; seed < worlds; seed++) {
      const report = auditSelection({ now: namedBy({ a: 0.2, b: 0.35 }, 500, seed), before: namedBy({ a: 0.2, b: 0.2 }, 500, seed + 1000), seed, resamples: 150 });
      const [a, b] = report.attributes[0]!.groups;
      if (a!.shift.low! <= 0 && a!.shift.high! >= 0) held++;
      if (b!.shift.low! <= 0.15 && b!.shift.high! >= 0.15) held++;
      if (b!.shift.low! > 0) moved++;
    }
    expect(held / (2 * worlds)).toBeGreaterThan(0.88);
    // a shift of .15 with a spread of .044 is seen nine times of ten
    expect(moved / worlds).toBeGreaterThan(0.8);
  });

  it('says nothing of groups that are too small, and nothing of a shift without earlier rows', () => {
    const now = { flagged: [1, 1, 0, 0, 1], groups: { letter: ['a', 'a', 'a', 'a', 'b'] }, person: [1, 2, 3, 4, 5] };
    const report = auditSelection({ now, seed: 1, resamples: 20, minimumGroup: 4 });
    const [a, pool] = report.attributes[0]!.groups;
    expect(a!.shift).toMatchObject({ value: null, reason: 'there is nothing to compare with' });
    expect([pool!.group, pool!.judged, pool!.selectionRate.value, pool!.before]).toEqual(['other (small groups)', false, null, null]);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  it('refuses columns of different lengths', () => {
    expect(() => auditSelection({ now: { flagged: [1], groups: { sex: [] }, person: [1] }, seed: 1 })).toThrow('sex has 0 rows, person has 1');
  });
});
