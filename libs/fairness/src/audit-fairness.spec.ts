import { describe, expect, it } from '@jest/globals';
import { auditFairness, type FairnessReport, type GroupReport } from './index.js';

/** 60 learners in three groups from a linear congruential generator, the same in the Python that gave the expected numbers. */
const ownCase = () => {
  let state = 12345;
  const next = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  const rows = Array.from({ length: 60 }, () => {
    const group = 'abc'.charAt(Math.floor(next() * 3));
    const score = Math.floor(next() * 20) / 20;
    return { group, score, label: next() < 0.15 + 0.6 * score ? 1 : 0 };
  });
  return {
    label: rows.map((row) => row.label),
    score: rows.map((row) => row.score),
    groups: { letter: rows.map((row) => row.group) },
    person: rows.map((_, row) => row),
    seed: 1,
    resamples: 50,
    minimumGroup: 1,
  };
};

const groupNamed = (report: FairnessReport, name: string): GroupReport =>
  report.attributes[0]!.groups.find((group) => group.group === name)!;

/** No NaN, no infinity, no undefined: what is written is what is read. */
const expectPlainJson = (report: FairnessReport) => {
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
};

describe('an audit against Fairlearn 0.15.0 and scikit-learn 1.9.1', () => {
  const report = auditFairness({ ...ownCase(), threshold: 0.5 });
  const gaps = report.attributes[0]!.gaps;

  it.each([
    ['demographicParityDifference', 0.11368421052631583],
    ['demographicParityRatio', 0.8223684210526315],
    ['equalOpportunityDifference', 0.08333333333333337],
    ['equalOpportunityRatio', 0.8999999999999999],
    ['equalizedOddsDifference', 0.1748251748251748],
    ['equalizedOddsRatio', 0.6753246753246753],
  ] as const)('%s', (name, expected) => {
    expect(gaps[name].value).toBeCloseTo(expected, 9);
  });

  it.each([
    ['a', 16, 0.5625, 0.8333333333333334, 0.4, 0.16666666666666666, 0.8, 0.19843750000000002],
    ['b', 19, 0.5263157894736842, 0.75, 0.36363636363636365, 0.25, 0.7897727272727273, 0.17868421052631578],
    ['c', 25, 0.64, 0.75, 0.5384615384615384, 0.25, 0.6378205128205128, 0.26839999999999997],
  ] as const)('rates, AUC and Brier score of group %s', (name, n, selectionRate, tpr, fpr, fnr, auc, brier) => {
    const group = groupNamed(report, name);
    expect(group.n).toBe(n);
    const expected = { selectionRate, tpr, fpr, fnr, auc, brier };
    for (const [metric, value] of Object.entries(expected))
      expect(group.metrics[metric as keyof typeof expected].value).toBeCloseTo(value, 9);
  });
});

describe('ABROCA against another program (exact fractions in Python, and numerical integration besides)', () => {
  const { abroca } = auditFairness({ ...ownCase(), threshold: 0.5 }).attributes[0]!;

  it.each([
    ['a', 'b', 0.036268939393939395],
    ['a', 'c', 0.16688034188034187],
    ['b', 'c', 0.15294553930917568],
  ] as const)('of %s and %s', (one, other, expected) => {
    expect(abroca.find(({ groups }) => groups[0] === one && groups[1] === other)!.value).toBeCloseTo(expected, 12);
  });
});

describe('permutation p-values against the exact ones', () => {
  it('of four people who are all named beside six of whom one is: 10 of the 210 ways to choose four are as far (Fisher 1935)', () => {
    const flagged = [1, 1, 1, 1, 1, 0, 0, 0, 0, 0];
    const groups = { letter: [...'aaaabbbbbb'] };
    const report = auditFairness({ label: flagged.map(() => 0), flagged, score: flagged, groups, person: [...flagged.keys()], seed: 3, resamples: 2, permutations: 40_000, abrocaRounds: 1, minimumGroup: 1 }); // prettier-ignore
    const { p, difference } = report.family.tests.find(({ metric }) => metric === 'selectionRate')!;
    expect(difference).toBeCloseTo(5 / 6, 12);
    // 40,000 draws stray by .001
    expect(Math.abs(p - 10 / 210)).toBeLessThan(0.004);
  });

  it('is never nothing: the world as it is counts as one of its permutations', () => {
    const flagged = [...Array<number>(20).fill(1), ...Array<number>(20).fill(0)];
    const groups = { letter: flagged.map((flag) => (flag === 1 ? 'a' : 'b')) };
    const report = auditFairness({ label: flagged.map((_, row) => row % 2), flagged, score: flagged, groups, person: [...flagged.keys()], seed: 3, resamples: 2, permutations: 999, abrocaRounds: 1, minimumGroup: 1 }); // prettier-ignore
    expect(report.family.tests.find(({ metric }) => metric === 'selectionRate')!.p).toBe(1 / 1000);
  });
});

describe('calibration against numpy and scipy.optimize (BFGS on the same likelihood)', () => {
  const report = auditFairness({ ...ownCase(), threshold: 0.5 });

  it.each([
    ['a', 0.1875, 1.0047094, -0.87984681],
    ['b', 0.1421052631578947, 0.96936524, -0.15582403],
    ['c', 0.24, 0.29693443, -0.36841799],
  ] as const)('error, slope and intercept of group %s', (name, ece, slope, intercept) => {
    const { metrics } = groupNamed(report, name);
    expect(metrics.ece.value).toBeCloseTo(ece, 9);
    expect(metrics.calibrationSlope.value).toBeCloseTo(slope, 6);
    expect(metrics.calibrationIntercept.value).toBeCloseTo(intercept, 6);
  });

  it('is found from scores that are far too sure of themselves', () => {
    // Zeros and ones: of ten scored 1 eight have the outcome, of ten scored 0 three. A line through two points has a closed form:
    // the log-odds of 8/10 and 3/10 over those of the scores, which are read as 1e-6 from the end.
    const score = [...Array<number>(10).fill(1), ...Array<number>(10).fill(0)];
    const label = score.map((one, row) => (row % 10 < (one === 1 ? 8 : 3) ? 1 : 0));
    const report = auditFairness({ label, score, threshold: 0.5, groups: {}, person: label.map((_, row) => row), seed: 1, resamples: 20 });
    const end = Math.log((1 - 1e-6) / 1e-6);
    expect(report.overall.metrics.calibrationSlope.value).toBeCloseTo((Math.log(8 / 2) - Math.log(3 / 7)) / (2 * end), 8);
  });

  it('judges no calibration of scores that are not probabilities', () => {
    const { metrics } = auditFairness({ ...ownCase(), score: ownCase().score.map((score) => 3 * score), threshold: 1.5 }).overall;
    expect(metrics.brier.reason).toBe('scores are not probabilities');
    expect(metrics.calibrationSlope.value).toBeNull();
    expect(metrics.auc.value).not.toBeNull();
  });
});

describe('the worked example of Fairlearn\'s user guide ("Performing a Fairness Assessment")', () => {
  const flagged = [0, 0, 1, 0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1, 0];
  const report = auditFairness({
    label: [0, 1, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1],
    flagged,
    score: flagged,
    groups: { sf: [...'bbabbcccaacabccbcc'] },
    person: flagged.map((_, row) => row),
    seed: 1,
    resamples: 20,
    minimumGroup: 1,
  });

  it('gives the published rates', () => {
    const { tpr, fpr, selectionRate } = report.overall.metrics;
    expect([tpr.value, fpr.value, selectionRate.value]).toEqual([0.5, 2 / 3, 10 / 18]);
    const published = { a: [0.5, 1, 0.75], b: [0.6, 0, 0.5], c: [0.4, 2 / 3, 0.5] };
    for (const [name, rates] of Object.entries(published)) {
      const { metrics } = groupNamed(report, name);
      expect([metrics.tpr.value, metrics.fpr.value, metrics.selectionRate.value]).toEqual(rates);
    }
  });

  it('gives the published differences and ratios', () => {
    const { gaps } = report.attributes[0]!;
    expect(gaps.demographicParityDifference.value).toBeCloseTo(0.25, 9);
    expect(gaps.demographicParityRatio.value).toBeCloseTo(2 / 3, 9);
    expect(gaps.equalOpportunityDifference.value).toBeCloseTo(0.2, 9);
    expect(gaps.equalOpportunityRatio.value).toBeCloseTo(2 / 3, 9);
    expect(gaps.equalizedOddsDifference.value).toBeCloseTo(1, 9);
    expect(gaps.equalizedOddsRatio.value).toBeCloseTo(0, 9);
  });
});

describe('what a report says', () => {
  it('is plain JSON and the same for the same seed', () => {
    const report = auditFairness({ ...ownCase(), threshold: 0.5 });
    expectPlainJson(report);
    expect(auditFairness({ ...ownCase(), threshold: 0.5 })).toEqual(report);
    expect(auditFairness({ ...ownCase(), threshold: 0.5, seed: 2 })).not.toEqual(report);
  });

  it('puts every value inside its interval when there is one', () => {
    const report = auditFairness({ ...ownCase(), threshold: 0.5, resamples: 400 });
    const { low, value, high } = report.overall.metrics.tpr;
    expect(low!).toBeLessThan(value!);
    expect(high!).toBeGreaterThan(value!);
  });

  it('gives null and a reason where a rate does not exist', () => {
    const report = auditFairness({
      label: [0, 0, 1, 1],
      flagged: [0, 0, 1, 0],
      score: [0, 0, 1, 1],
      groups: { side: ['x', 'x', 'y', 'y'] },
      person: [1, 2, 3, 4],
      seed: 1,
      minimumGroup: 1,
    });
    expect(groupNamed(report, 'x').metrics.tpr).toEqual({
      value: null,
      low: null,
      high: null,
      reason: 'no one in the group has the outcome',
    });
    expect(groupNamed(report, 'x').metrics.ppv.value).toBeNull();
    expect(report.attributes[0]!.gaps.equalOpportunityDifference.reason).toBe('fewer than two groups have this rate');
    expectPlainJson(report);
  });

  it('counts people, not rows, pools small groups and keeps the undeclared apart', () => {
    const values = [
      ...Array<string>(40).fill('many'),
      'few',
      'few',
      'fewer',
      ...Array<null>(30).fill(null),
      ...Array<string>(30).fill('one person'),
    ];
    const person = values.map((value, row) => (value === 'one person' ? 'p' : row));
    const coin = values.map((_, row) => row % 2);
    const { groups, pooled } = auditFairness({
      label: coin,
      flagged: coin,
      score: coin,
      groups: { size: values },
      person,
      seed: 1,
      resamples: 20,
      minimumGroup: 10,
    }).attributes[0]!;
    expect(groups.map(({ group, n, people, judged }) => [group, n, people, judged])).toEqual([
      ['many', 40, 40, true],
      ['not declared', 30, 30, true],
      ['other (small groups)', 33, 4, false],
    ]);
    expect(pooled).toEqual(['few', 'fewer', 'one person']);
    expect(groups[2]!.metrics.tpr.reason).toContain('at least 10 are needed');
  });

  it('refuses what is not 0 or 1, not a number, or not of one length, and says where', () => {
    const input = { label: [0, 1], score: [0.1, 0.9], threshold: 0.5, groups: {}, person: [1, 2], seed: 1 };
    expect(() => auditFairness({ ...input, label: [0, 2] })).toThrow('label[1] is 2');
    expect(() => auditFairness({ ...input, score: [Number.NaN, 1] })).toThrow('score[0] is NaN');
    expect(() => auditFairness({ ...input, groups: { sex: ['F'] } })).toThrow('sex has 1 rows, label has 2');
    expect(() => auditFairness({ ...input, flagged: [0, 1] })).toThrow('either flagged or threshold');
  });
});
