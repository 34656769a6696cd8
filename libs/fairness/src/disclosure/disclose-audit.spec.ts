import { describe, expect, it } from '@jest/globals';
import { auditFairness, type FairnessReport } from '../index.js';
import { discloseAudit, type ShownAudit, type ShownGroup } from './disclose-audit.js';

/** Counts of a group as truth: with the outcome and named, with it and not named, without it and named, neither. */
type Cells = readonly [tp: number, fn: number, fp: number, tn: number];

const reportOf = (groups: Readonly<Record<string, Cells>>, minimumGroup = 30): FairnessReport => {
  const rows = Object.entries(groups).flatMap(([group, counts]) => counts.flatMap((count, cell) => Array.from({ length: count }, () => ({ group, label: cell < 2 ? 1 : 0, flagged: cell % 2 === 0 ? 1 : 0 }))));
  return auditFairness({
    label: rows.map(({ label }) => label), flagged: rows.map(({ flagged }) => flagged), score: rows.map(({ flagged }) => flagged), groups: { letter: rows.map(({ group }) => group) },
    person: rows.map((_, row) => row), seed: 1, resamples: 20, permutations: 50, abrocaRounds: 5, minimumGroup,
  }); // prettier-ignore
};

const groupNamed = (shown: ShownAudit, name: string): ShownGroup => shown.attributes[0]!.groups.find(({ group }) => group === name)!;

/** What a reader works out of one group by taking all others from the whole: counts of learners with the outcome, and of those found. */
const bySubtraction = (shown: ShownAudit, hidden: string): { positives: number; caught: number } => {
  const counts = ({ n, metrics }: ShownGroup) => ({ positives: (n ?? 0) * (metrics.baseRate.value ?? 0), caught: (n ?? 0) * (metrics.baseRate.value ?? 0) * (metrics.tpr.value ?? 0) });
  const others = shown.attributes[0]!.groups.filter(({ group }) => group !== hidden).map(counts);
  const whole = counts(shown.overall);
  return { positives: whole.positives - others.reduce((sum, { positives }) => sum + positives, 0), caught: whole.caught - others.reduce((sum, { caught }) => sum + caught, 0) };
};

describe('an audit before readers', () => {
  it('is shown as measured where every figure rests on enough people', () => {
    const report = reportOf({ a: [40, 30, 20, 60], b: [30, 40, 10, 50] });
    const shown = discloseAudit(report);
    expect(shown.attributes[0]!.roundedTo).toBeNull();
    expect(shown.attributes[0]!.groups).toEqual(report.attributes[0]!.groups);
    expect(shown.family).toEqual(report.family);
  });

  it('hides all four inner rates where one cell holds fewer than three people: any one of them would give it away', () => {
    const shown = discloseAudit(reportOf({ a: [40, 2, 20, 60], b: [30, 40, 10, 50] }));
    const { metrics } = groupNamed(shown, 'a');
    expect([metrics.tpr, metrics.fnr, metrics.fpr, metrics.ppv].map(({ value }) => value)).toEqual([null, null, null, null]);
    expect(metrics.tpr.reason).toContain('withheld');
    expect(metrics.baseRate.value).not.toBeNull();
    // a gap from the other group's rate would say it as well
    expect(shown.attributes[0]!.gaps.equalOpportunityDifference.value).toBeNull();
    expect(shown.attributes[0]!.gaps.demographicParityDifference.value).not.toBeNull();
    expect(shown.family.tests.map(({ metric }) => metric)).toEqual(['selectionRate']);
    expect(shown.verdicts.filter(({ metric, group }) => metric === 'tpr' && group !== null).every(({ per100 }) => per100 === null)).toBe(true);
  });

  it('the attack works on what was measured', () => {
    const report = reportOf({ a: [40, 30, 20, 60], b: [30, 40, 10, 50], x: [3, 1, 2, 2] });
    const plain = bySubtraction({ ...report, attributes: report.attributes.map((one) => ({ ...one, roundedTo: null })), intersections: [] }, 'other (small groups)');
    expect([Math.round(plain.positives), Math.round(plain.caught)]).toEqual([4, 3]);
  });

  it('complement and whole: the whole less all other groups does not tell of a hidden group', () => {
    let [near, worlds] = [0, 0];
    for (let size = 1; size <= 9; size++) {
      for (const caught of [0, size]) {
        const report = reportOf({ a: [41, 33 - size, 21 + caught, 63], b: [37 + size, 29, 11, 52], x: [caught, size - caught, 0, 0] });
        const shown = discloseAudit(report);
        const found = bySubtraction(shown, 'other (small groups)');
        worlds++;
        if (Math.abs(found.positives - size) < 1 && Math.abs(found.caught - caught) < 1) near++;
        expect(groupNamed(shown, 'other (small groups)')).toMatchObject({ n: null, people: null });
      }
    }
    expect(near / worlds).toBeLessThan(0.2);
  });
});
