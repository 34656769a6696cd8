import { type Audit, type AuditAttribute, type AuditTest, type AuditVerdict, type FairPractice, type Mitigation, type Selection } from '@pharos/contract';
import { daysAfter } from './people.js';

const metric = (value: number | null, half = 0.03, reason = 'withheld: too few people') =>
  value === null ? { value, low: null, high: null, reason } : { value, low: value - half, high: value + half, reason: null };

const group = (name: string, n: number | null, tpr: number, fpr: number, ppv: number, selection: number, slope = 1, intercept = 0) => {
  const half = n === null ? 0 : 1.3 / Math.sqrt(n);
  return {
    group: name, n, people: n === null ? null : Math.round(n / 3.2), judged: n !== null,
    metrics: Object.fromEntries(
      Object.entries({ baseRate: 0.31, selectionRate: selection, tpr, fnr: 1 - tpr, fpr, ppv, auc: 0.86, brier: 0.13, ece: 0.02, calibrationSlope: slope, calibrationIntercept: intercept })
        .map(([key, value]) => [key, metric(n === null ? null : value, key.startsWith('calibration') ? half * 4 : half)]),
    ),
  };
}; // prettier-ignore

type Group = ReturnType<typeof group>;

const gap = (groups: readonly Group[], name: string) => {
  const values = groups.flatMap(({ metrics }) => metrics[name]?.value ?? []);
  return Math.max(...values) - Math.min(...values);
};

const attribute = (name: string, groups: Group[], pooled: string[] = []): AuditAttribute => {
  const judged = groups.filter((one) => one.judged);
  const shown = (value: number) => ({ ...metric(value, 0.03), chance: { median: 0.018 * judged.length / 2, extreme: 0.04 * judged.length / 2 } });
  return {
    attribute: name, groups, pooled, roundedTo: pooled.length > 0 ? 0.01 : null,
    gaps: { demographicParityDifference: shown(gap(judged, 'selectionRate')), equalOpportunityDifference: shown(gap(judged, 'tpr')), equalizedOddsDifference: shown(Math.max(gap(judged, 'tpr'), gap(judged, 'fpr'))) },
    abroca: judged.flatMap((one, at) => judged.slice(at + 1).map((other) => ({ groups: [one.group, other.group] as [string, string], ...metric(0.021, 0.009), chance: { median: 0.016, extreme: 0.034 } }))),
  };
}; // prettier-ignore

const test = (attributeName: string, groupName: string, name: AuditTest['metric'], difference: number, adjusted: number): AuditTest => ({
  attribute: attributeName, group: groupName, metric: name, n: 366, nRest: 3289, rate: 0.7 + difference, rest: 0.7, difference, p: adjusted / 3, adjusted,
  significant: adjusted <= 0.05, smallestGap: 0.066, smallestGapInFamily: 0.089,
}); // prettier-ignore

const verdict = (code: AuditVerdict['code'], attributeName: string, more: Partial<AuditVerdict> = {}): AuditVerdict => ({
  code, attribute: attributeName, group: null, metric: null, per100: null, significant: false, adjusted: null, smallestPer100: null, groups: [], ...more,
}); // prettier-ignore

const naming = (named: number, precision: number, tpr: number, selectionGap: number, tprGap: number) => {
  const known = (value: number) => ({ value, reason: null });
  return { named, precision: known(precision), tpr: known(tpr), selectionGap: known(selectionGap), tprGap: known(tprGap) };
};

const change = (kind: Mitigation['kind'], precision: number, tprGap: number, more: Partial<Mitigation> = {}): Mitigation => ({
  kind, attribute: 'disability', policy: null, capacity: 3183, without: [], thresholds: [], before: naming(3183, 0.793, 0.69, 0.05, 0.091),
  after: naming(3180, precision, 0.69 * (precision / 0.793), 0.06, tprGap), precisionCostPer100: 100 * (0.793 - precision), ...more,
}); // prettier-ignore

const lead = (name: string, n: number, weeks: number) => ({
  group: name,
  n,
  named: Math.round(n * 0.7),
  judged: true,
  weeks: metric(weeks, 0.4),
});

/** A made-up audit with one gap that is beyond chance and one group that is too small. */
export function auditOf(now: Date): Audit {
  const disability = [group('no', 10_610, 0.7, 0.085, 0.79, 0.27), group('yes', 1180, 0.61, 0.08, 0.77, 0.22, 0.88, 0.21)];
  const gender = [group('female', 6010, 0.7, 0.085, 0.8, 0.26), group('male', 5740, 0.69, 0.095, 0.78, 0.28), group('other (small groups)', null, 0, 0, 0, 0)];
  const band = ['0-10%', '10-20%', '20-30%', '30-40%', '40-50%', '50-60%', '60-70%', '70-80%', '80-90%', '90-100%'];
  const bands = band.map((name, at) => group(name, 1180 - 30 * at, 0.72 - 0.004 * at, 0.09, 0.79, 0.31 - 0.008 * at));
  return {
    model: 'sha256:5b1f0c', recipe: 'glass-box', target: 'not-passing', asOf: daysAfter(now, -3).toISOString(), classes: ['2026 spring'], threshold: 0.5,
    settings: { seed: 42, resamples: 400, level: 0.95, minimumGroup: 30, permutations: 1000, alpha: 0.05 },
    overall: group('everyone', 11_790, 0.69, 0.09, 0.79, 0.27),
    attributes: [attribute('disability', disability), attribute('gender', gender, ['other']), attribute('imd_band', bands)],
    intersections: [attribute('disability × gender', [group('no × female', 5400, 0.71, 0.08, 0.8, 0.26), group('no × male', 5200, 0.69, 0.09, 0.78, 0.28), group('yes × female', 610, 0.6, 0.08, 0.77, 0.22), group('yes × male', 540, 0.62, 0.08, 0.77, 0.22)])],
    tests: [
      test('disability', 'yes', 'tpr', -0.091, 0.004), test('disability', 'yes', 'selectionRate', -0.05, 0.08), test('disability', 'yes', 'fpr', -0.005, 0.9),
      test('disability', 'yes', 'ppv', -0.02, 0.6), test('gender', 'male', 'tpr', -0.01, 0.7), test('gender', 'male', 'fpr', 0.01, 0.5), ...band.map((name, at) => test('imd_band', name, 'tpr', 0.01 - 0.002 * at, 0.8)),
    ],
    verdicts: [
      verdict('misses-more', 'disability', { group: 'yes', metric: 'tpr', per100: 9, significant: true, adjusted: 0.004, smallestPer100: 8.9 }),
      verdict('no-gap-shown', 'gender', { metric: 'tpr', smallestPer100: 4.2 }),
      verdict('small-groups-pooled', 'gender', { groups: ['other'] }),
      verdict('no-gap-shown', 'imd_band', { metric: 'tpr', smallestPer100: 11.4 }),
    ],
    mitigations: [
      change('thresholds', 0.789, 0.004, { policy: 'equal-opportunity', thresholds: [{ group: 'no', threshold: 0.507 }, { group: 'yes', threshold: 0.402 }] }),
      change('thresholds', 0.785, 0.02, { policy: 'demographic-parity', thresholds: [{ group: 'no', threshold: 0.503 }, { group: 'yes', threshold: 0.44 }] }),
      change('reweighing', 0.786, 0.041), change('fewer-features', 0.772, 0.038, { without: ['attendance_rate', 'days_silent'] }), change('rule', 0.701, 0.022),
    ],
    leadTimes: {
      overall: lead('everyone', 3655, 7.4),
      attributes: [{ attribute: 'disability', groups: [lead('no', 3289, 7.6), lead('yes', 366, 5.8)], pooled: [] }],
    },
  };
} // prettier-ignore

/** Who is named this week, with one group that is named more often than when the model was judged. */
export function selectionOf(now: Date): Selection {
  const figures = (name: string, n: number | null, rate: number, before: number) => ({
    group: name, n, judged: n !== null, selectionRate: metric(n === null ? null : rate, 0.012), before: n === null ? null : before, shift: metric(n === null ? null : rate - before, 0.017),
  });
  return {
    model: 'sha256:5b1f0c', recipe: 'glass-box', target: 'not-passing', asOf: daysAfter(now, -3).toISOString(), threshold: 0.5,
    overall: figures('everyone', 4120, 0.29, 0.27),
    attributes: [
      { attribute: 'disability', groups: [figures('no', 3700, 0.28, 0.27), figures('yes', 420, 0.31, 0.22)], pooled: [] },
      { attribute: 'gender', groups: [figures('female', 2080, 0.28, 0.26), figures('male', 2030, 0.29, 0.28), figures('other (small groups)', null, 0, 0)], pooled: ['other'] },
    ],
  };
} // prettier-ignore

const unlike = (item: string, text: string, asks: 'more' | 'less', size: 'moderate' | 'large', delta: number) => ({ item, question: { en: text }, asks, size, delta });

/** A group that is steered, an item that asks more of it, one where all is alike, and one too small to be shown. */
export const practiceOf = (now: Date): FairPractice => ({
  asOf: now.toISOString(),
  minimum: 10,
  attributes: [
    {
      attribute: 'gender',
      groups: [
        { group: 'F', reference: 'M', withheld: false, learners: 180, compared: 64, items: [], ease: { gap: 0.004, low: -0.01, high: 0.018, steered: false }, fresh: { gap: -0.006, low: -0.02, high: 0.008, steered: false } },
        { group: 'X', reference: 'M', withheld: true, learners: null, compared: null, items: [], ease: null, fresh: null },
      ],
    },
    {
      attribute: 'home_language',
      groups: [
        {
          group: 'Spanish', reference: 'English', withheld: false, learners: 140, compared: 62,
          items: [unlike('i-1', 'Whose hat is it: the boy’s or the boys’?', 'more', 'large', -1.9), unlike('i-2', 'A train leaves at 9:40 and takes 35 minutes. When does it arrive?', 'more', 'moderate', -1.2)],
          ease: { gap: 0.071, low: 0.052, high: 0.09, steered: true }, fresh: { gap: -0.093, low: -0.11, high: -0.074, steered: true },
        },
        { group: 'Somali', reference: 'English', withheld: false, learners: 20, compared: 0, items: [], ease: { gap: -0.012, low: -0.06, high: 0.036, steered: false }, fresh: null },
      ],
    },
  ],
}); // prettier-ignore
