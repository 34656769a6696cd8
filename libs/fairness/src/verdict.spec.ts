import { describe, expect, it } from '@jest/globals';
import { auditFairness } from './index.js';
import { randomFrom } from './random.js';

/** A world in which the model names `caught` of those who fail, less `gap` in the group with a disability. */
const world = (learners: number, gap: number, seed: number) => {
  const random = randomFrom(seed);
  const rows = Array.from({ length: learners }, () => {
    const disability = random() < 0.3 ? 'Y' : 'N';
    const label = random() < 0.4 ? 1 : 0;
    const flagged = random() < (label === 1 ? 0.7 - (disability === 'Y' ? gap : 0) : 0.1) ? 1 : 0;
    return { disability, label, flagged };
  });
  const flagged = rows.map((row) => row.flagged);
  return {
    label: rows.map((row) => row.label),
    flagged,
    score: flagged,
    person: rows.map((_, row) => row),
    groups: { disability: rows.map((row) => row.disability) },
  };
};

const quick = { seed: 3, resamples: 20, permutations: 999, abrocaRounds: 5 };

describe('what is said of an audit', () => {
  it('tells of a planted gap with its size', () => {
    const report = auditFairness({ ...world(4000, 0.2, 11), ...quick });
    const test = report.family.tests.find(({ metric }) => metric === 'tpr')!;
    expect(test.group).toBe('Y');
    expect(Math.abs(test.difference + 0.2)).toBeLessThan(0.08);
    expect(report.verdicts[0]).toMatchObject({
      code: 'misses-more',
      attribute: 'disability',
      group: 'Y',
      significant: true,
      per100: -100 * test.difference,
    });
  });

  it('tells that nothing was found, and what could have been', () => {
    const report = auditFairness({ ...world(1500, 0, 5), ...quick });
    expect(report.verdicts.map(({ code }) => code)).toEqual(['no-gap-shown']);
    const { smallestGap, smallestGapInFamily } = report.family.tests.find(({ metric }) => metric === 'tpr')!;
    // what is called beyond chance is so by the family's adjusted p-values, so the gap that could have been shown is the family's too
    expect(report.verdicts[0]!.smallestPer100).toBeCloseTo(100 * smallestGapInFamily, 9);
    expect(smallestGapInFamily).toBeGreaterThan(smallestGap);
  });

  it('tells which groups were too small', () => {
    const sample = world(300, 0, 5);
    const groups = { region: sample.label.map((_, row) => (row < 12 ? 'north' : row < 20 ? 'south' : 'east')) };
    const report = auditFairness({ ...sample, groups, ...quick });
    expect(report.verdicts.filter(({ code }) => code === 'too-few-to-judge').map(({ groups: small }) => small)).toContainEqual([
      'north',
      'south',
    ]);
    expect(report.family.tests.map(({ group }) => group)).not.toContain('other (small groups)');
  });
});

describe('where nothing can be compared', () => {
  it('says so, and stays plain JSON, with one group or no attribute at all', () => {
    const sample = world(200, 0, 6);
    const one = auditFairness({ ...sample, groups: { country: sample.label.map(() => 'one') }, ...quick });
    expect(one.verdicts.map(({ code }) => code)).toEqual(['too-few-to-judge']);
    expect(one.attributes[0]!.gaps.demographicParityRatio).toEqual({
      value: null,
      low: null,
      high: null,
      reason: 'fewer than two groups have this rate',
      chance: null,
    });
    const none = auditFairness({ ...sample, groups: {}, ...quick });
    expect(none.verdicts).toEqual([]);
    for (const report of [one, none]) expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});
