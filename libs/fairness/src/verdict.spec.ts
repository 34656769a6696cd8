import { describe, expect, it } from '@jest/globals';
import { auditFairness, verdictText } from './index.js';
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
  return { label: rows.map((row) => row.label), flagged, score: flagged, person: rows.map((_, row) => row), groups: { disability: rows.map((row) => row.disability) } };
};

const wording = { groups: { disability: { Y: 'with a disability' } }, outcome: 'fail', noOutcome: 'pass' };
const quick = { seed: 3, resamples: 20, permutations: 999, abrocaRounds: 5 };

describe('what is said of an audit', () => {
  it('tells of a planted gap with its size', () => {
    const report = auditFairness({ ...world(4000, 0.2, 11), ...quick });
    const test = report.family.tests.find(({ metric }) => metric === 'tpr')!;
    expect(test.group).toBe('Y');
    expect(Math.abs(test.difference + 0.2)).toBeLessThan(0.08);
    const said = Math.round(-100 * test.difference);
    expect(report.verdicts.map((verdict) => verdictText(verdict, wording))).toContain(
      `The model misses ${said} more of 100 students with a disability who later fail; unlikely to be chance.`,
    );
  });

  it('tells that nothing was found, and what could have been', () => {
    const report = auditFairness({ ...world(1500, 0, 5), ...quick });
    expect(report.verdicts.map(({ code }) => code)).toEqual(['no-gap-shown']);
    const limit = Math.ceil(100 * report.family.tests.find(({ metric }) => metric === 'tpr')!.smallestGap);
    expect(verdictText(report.verdicts[0]!)).toBe(
      `By disability, no difference beyond chance was found. With this many students, missing ${limit} more of 100 in every group would have been noticed four times of five.`,
    );
  });

  it('tells which groups were too small', () => {
    const sample = world(300, 0, 5);
    const groups = { region: sample.label.map((_, row) => (row < 12 ? 'north' : row < 20 ? 'south' : 'east')) };
    const report = auditFairness({ ...sample, groups, ...quick });
    expect(report.verdicts.map((verdict) => verdictText(verdict))).toContain('By region, these groups are too small to be judged even together: north, south.');
    expect(report.family.tests.map(({ group }) => group)).not.toContain('other (small groups)');
  });
});

describe('where nothing can be compared', () => {
  it('says so, and stays plain JSON, with one group or no attribute at all', () => {
    const sample = world(200, 0, 6);
    const one = auditFairness({ ...sample, groups: { country: sample.label.map(() => 'one') }, ...quick });
    expect(one.verdicts.map(({ code }) => code)).toEqual(['too-few-to-judge']);
    expect(one.attributes[0]!.gaps.demographicParityRatio).toEqual({ value: null, low: null, high: null, reason: 'fewer than two groups have this rate', chance: null });
    const none = auditFairness({ ...sample, groups: {}, ...quick });
    expect(none.verdicts).toEqual([]);
    for (const report of [one, none]) expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});
